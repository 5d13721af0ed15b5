use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether an address is one of the internet's, which anybody may speak to.
///
/// What IANA's registries of special-purpose addresses do not call globally reachable is not.
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let special = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation();
    let reserved = match address.octets() {
        // This network, and what is reserved for later (broadcast is in it).
        [0 | 240..=255, ..] => true,
        // Shared by the customers of one provider (RFC 6598).
        [100, 64..=127, ..] => true,
        // For protocols themselves, and the way to 6to4 relays.
        [192, 0, 0, _] | [192, 88, 99, _] => true,
        // For measuring networks.
        [198, 18..=19, ..] => true,
        _ => false,
    };
    !special && !reserved
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    match address.segments() {
        // How a network without IPv4 writes an IPv4 address (RFC 6052).
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
            is_public_v4(Ipv4Addr::new(a, b, c, d))
        }
        // For protocols themselves, Teredo among them; documentation; 6to4; documentation again.
        [0x2001, 0..=0x1ff | 0xdb8, ..] | [0x2002, ..] | [0x3fff, 0..=0xfff, ..] => false,
        // The rest of what is handed out. An IPv4 address in disguise (::ffff:0:0/96) is not in it.
        [0x2000..=0x3fff, ..] => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(addresses: &[&str], public: bool) {
        for address in addresses {
            assert_eq!(is_public(address.parse().unwrap()), public, "{address}");
        }
    }

    #[test]
    fn addresses_of_the_internet_are_public() {
        all(&["1.1.1.1", "100.63.255.255", "100.128.0.0", "172.15.0.1", "172.32.0.1", "192.1.1.1"], true);
        all(&["198.17.0.1", "198.20.0.1", "223.255.255.255", "142.250.179.138"], true);
        all(&["2a00:1450:400e:80c::200a", "2606:4700::1111", "2001:200::1", "64:ff9b::101:101"], true);
    }

    #[test]
    fn every_network_that_is_not_the_internet_is_refused() {
        all(&["0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "127.0.0.1", "127.8.8.8"], false);
        all(&["100.64.0.0", "100.127.255.255", "169.254.169.254", "172.16.0.1", "172.31.255.255"], false);
        all(&["192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.19.255.255"], false);
        all(
            &["198.51.100.1", "203.0.113.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255"],
            false,
        );
        all(&["::", "::1", "::7f00:1", "::ffff:10.0.0.1", "::ffff:1.1.1.1", "64:ff9b::a00:1"], false);
        all(&["64:ff9b:1::1", "100::1", "2001::1", "2001:10::1", "2001:db8::1", "2002:a00:1::"], false);
        all(&["3fff::1", "5f00::1", "fc00::1", "fd00::1", "fe80::1", "fec0::1", "ff02::1"], false);
    }
}
