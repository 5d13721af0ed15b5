use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::Network;

/// The proxies in front of us, and how they say for whom they ask. None are believed unless they are named.
#[derive(Debug, Clone, Default)]
pub struct Proxies {
    /// Where they connect from.
    pub trusted: Vec<Network>,
    /// Which header they write. The other may come from anybody, and is not read.
    pub header: ForwardedBy,
}

/// How a proxy says for whom it asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ForwardedBy {
    /// `X-Forwarded-For: 192.0.2.7, 10.0.0.1`
    #[default]
    XForwardedFor,
    /// `Forwarded: for=192.0.2.7, for="[2001:db8::1]:4711"` (RFC 7239)
    Forwarded,
}

impl Proxies {
    /// The address of whoever asks: the last one that no proxy of ours has. What is before it, anybody can write.
    #[must_use]
    pub fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut nearest = peer.to_canonical();
        if !self.trusts(nearest) {
            return nearest;
        }
        for said in self.said(headers).iter().rev() {
            // What cannot be read ends the chain: the proxy that wrote it is then as far as can be seen.
            let Some(address) = address(said) else { break };
            nearest = address;
            if !self.trusts(nearest) {
                break;
            }
        }
        nearest
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.trusted.iter().any(|network| network.contains(address))
    }

    /// What the header says, the nearest proxy last; several headers are one list. An element that is no text says
    /// nothing, and takes nothing from those beside it: anybody can write the first ones.
    fn said<'a>(&self, headers: &'a HeaderMap) -> Vec<&'a str> {
        let name = match self.header {
            ForwardedBy::XForwardedFor => HeaderName::from_static("x-forwarded-for"),
            ForwardedBy::Forwarded => header::FORWARDED,
        };
        let values = headers.get_all(name).iter().map(HeaderValue::as_bytes);
        let elements = values.flat_map(|value| value.split(|byte| *byte == b','));
        let elements = elements.map(|element| str::from_utf8(element).unwrap_or_default().trim());
        match self.header {
            ForwardedBy::XForwardedFor => elements.collect(),
            ForwardedBy::Forwarded => elements.map(for_parameter).collect(),
        }
    }
}

fn for_parameter(element: &str) -> &str {
    let parameters = element.split(';').filter_map(|pair| pair.trim().split_once('='));
    let node = parameters.filter(|(name, _)| name.eq_ignore_ascii_case("for")).map(|(_, node)| node).next();
    node.unwrap_or_default().trim_matches('"')
}

/// An address, with or without a port.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    let address = bare.parse().ok().or_else(|| text.parse().ok().map(|socket: SocketAddr| socket.ip()));
    address.map(|address| address.to_canonical())
}

/// By what whoever asks from an address is counted: of IPv6 a household has a whole /64.
#[must_use]
pub fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
        address => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(header: ForwardedBy, peer: &str, said: &[(&'static str, &'static str)]) -> String {
        let said: Vec<_> = said.iter().map(|(name, value)| (*name, value.as_bytes())).collect();
        client_of_bytes(header, peer, &said)
    }

    fn client_of_bytes(header: ForwardedBy, peer: &str, said: &[(&'static str, &[u8])]) -> String {
        let trusted = ["10.0.0.0/8", "fd00::/8"].map(|network| network.parse().unwrap()).to_vec();
        let said = said
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_bytes(value).unwrap()));
        let headers = said.collect::<HeaderMap>();
        Proxies { trusted, header }.client(peer.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn a_proxy_that_is_not_named_is_not_believed() {
        let said = [("x-forwarded-for", "192.0.2.7"), ("forwarded", "for=192.0.2.8")];
        assert_eq!(client(ForwardedBy::XForwardedFor, "203.0.113.9", &said), "203.0.113.9");
        assert_eq!(client(ForwardedBy::Forwarded, "203.0.113.9", &said), "203.0.113.9");
    }

    #[test]
    fn the_last_address_that_is_no_proxy_of_ours_counts() {
        let by = ForwardedBy::XForwardedFor;
        for (said, address) in [
            ("192.0.2.7", "192.0.2.7"),
            ("1.1.1.1, 192.0.2.7", "192.0.2.7"),
            ("1.1.1.1, 192.0.2.7, 10.0.0.5", "192.0.2.7"),
            ("192.0.2.7:5112", "192.0.2.7"),
            ("2001:db8::1", "2001:db8::1"),
            ("[2001:db8::1]:4711", "2001:db8::1"),
            ("[2001:db8::1]", "2001:db8::1"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("10.0.0.6", "10.0.0.6"),
            ("1.1.1.1, unknown", "10.0.0.1"),
            ("unknown, 10.0.0.5", "10.0.0.5"),
            ("", "10.0.0.1"),
        ] {
            assert_eq!(client(by, "10.0.0.1", &[("x-forwarded-for", said)]), address, "{said}");
        }
        let twice = [("x-forwarded-for", "1.1.1.1"), ("x-forwarded-for", "192.0.2.7")];
        assert_eq!(client(by, "10.0.0.1", &twice), "192.0.2.7");
        assert_eq!(client(by, "10.0.0.1", &[("forwarded", "for=192.0.2.8")]), "10.0.0.1");
    }

    #[test]
    fn bytes_that_are_no_text_hide_nobody() {
        let (by, name) = (ForwardedBy::XForwardedFor, "x-forwarded-for");
        for said in [&b"\xff, 192.0.2.7"[..], b"\xff,192.0.2.7, 10.0.0.5", b"1.1.1.1, \xc3(, 192.0.2.7"] {
            assert_eq!(client_of_bytes(by, "10.0.0.1", &[(name, said)]), "192.0.2.7", "{said:?}");
        }
        let lines = [(name, &b"\xff"[..]), (name, &b"192.0.2.7"[..]), (name, &b"10.0.0.5"[..])];
        assert_eq!(client_of_bytes(by, "10.0.0.1", &lines), "192.0.2.7");
        // Where a proxy of ours wrote it, that proxy is as far as can be seen.
        assert_eq!(client_of_bytes(by, "10.0.0.1", &[(name, &b"1.1.1.1, \xff, 10.0.0.5"[..])]), "10.0.0.5");
        let forwarded = [("forwarded", &b"for=\xff, for=192.0.2.7"[..])];
        assert_eq!(client_of_bytes(ForwardedBy::Forwarded, "10.0.0.1", &forwarded), "192.0.2.7");
    }

    #[test]
    fn a_household_is_counted_as_one() {
        let counted = |address: &str| household(address.parse().unwrap());
        assert_eq!(counted("2001:db8:1:2::1"), counted("2001:db8:1:2:ffff::9"));
        assert_ne!(counted("2001:db8:1:2::1"), counted("2001:db8:1:3::1"));
        assert_ne!(counted("192.0.2.1"), counted("192.0.2.2"));
        assert_eq!(counted("::ffff:192.0.2.1"), counted("192.0.2.1"));
    }

    #[test]
    fn forwarded_is_read_where_the_proxy_writes_that() {
        let by = ForwardedBy::Forwarded;
        for (said, address) in [
            ("for=192.0.2.7", "192.0.2.7"),
            (r#"proto=https;For="[2001:db8::1]:4711";by=10.0.0.1"#, "2001:db8::1"),
            ("for=1.1.1.1, for=192.0.2.7;proto=http", "192.0.2.7"),
            ("for=_hidden", "fd00::1"),
            ("proto=https", "fd00::1"),
        ] {
            assert_eq!(client(by, "fd00::1", &[("forwarded", said)]), address, "{said}");
        }
        assert_eq!(client(by, "fd00::1", &[("x-forwarded-for", "1.1.1.1")]), "fd00::1");
    }
}
