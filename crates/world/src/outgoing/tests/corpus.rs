//! Addresses by which others tried to get in, of any client.

use super::*;

/// Whatever they look like, they lead into a network of ours, or to nobody's.
const PRIVATE: &[&str] = &[
    // This machine.
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "0",
    "0x0",
    "[::1]",
    "[::]",
    "[0:0:0:0:0:0:0:1]",
    "[0000::1]",
    "127.0.0.1.",
    "127.000.000.001",
    // In decimal, octal and hexadecimal, whole and in parts.
    "2130706433",
    "017700000001",
    "0x7f000001",
    "0x7F.1",
    "0177.0.0.1",
    "0x7f.0x0.0x0.0x1",
    "0300.0250.0.1",
    "3232235521",
    "0xC0A80001",
    "2852039166",
    "0xA9FEA9FE",
    "025177524776",
    "0251.0376.0251.0376",
    // Full-width and circled digits, which a browser reads as digits; and escaped ones.
    "１２７.０.０.１",
    "①②⑦.⓪.⓪.①",
    "%31%32%37.0.0.1",
    "127。0。0。1",
    // Networks of one's own.
    "10.0.0.1",
    "10.255.255.255",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.0.1",
    "192.168.255.255",
    "100.64.0.1",
    "100.127.255.254",
    "198.18.0.1",
    "198.19.255.255",
    "192.0.0.170",
    "192.88.99.1",
    "[fd00::1]",
    "[fc00::1]",
    "[fec0::1]",
    "[fdff:ffff::1]",
    // What is on this link, the metadata of clouds among it.
    "169.254.0.1",
    "169.254.169.254",
    "169.254.170.2",
    "169.254.169.254.",
    "[fe80::1]",
    "[fd00:ec2::254]",
    "[febf::1]",
    "100.100.100.200",
    // IPv4 in disguise: mapped, compatible, translated (RFC 6052), by 6to4, Teredo and ISATAP.
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::ffff:10.0.0.1]",
    "[::ffff:a9fe:a9fe]",
    "[::127.0.0.1]",
    "[::7f00:1]",
    "[64:ff9b::127.0.0.1]",
    "[64:ff9b::a00:1]",
    "[64:ff9b::a9fe:a9fe]",
    "[64:ff9b:1::1]",
    "[2002:7f00:1::]",
    "[2002:a9fe:a9fe::1]",
    "[2001:0:0:1::1]",
    "[fe80::5efe:10.0.0.1]",
    "[::ffff:0:127.0.0.1]",
    "[0:0:0:0:0:ffff:7f00:0001]",
    // To all, to many, to nobody, and for books.
    "255.255.255.255",
    "240.0.0.1",
    "224.0.0.1",
    "239.255.255.250",
    "[ff02::1]",
    "[ff0e::1]",
    "192.0.2.1",
    "198.51.100.1",
    "203.0.113.1",
    "[2001:db8::1]",
    "[3fff::1]",
    "[100::1]",
    "[5f00::1]",
];

/// Addresses that are wrong in themselves.
const OTHERS: &[(&str, NotPublic)] = &[
    ("http://xis.example/", NotPublic::Scheme),
    ("ftp://xis.example/", NotPublic::Scheme),
    ("file:///etc/passwd", NotPublic::Scheme),
    ("gopher://127.0.0.1:6379/_FLUSHALL", NotPublic::Scheme),
    ("data:text/plain,abc", NotPublic::Scheme),
    ("unix:/run/docker.sock", NotPublic::Scheme),
    ("http://127.0.0.1/", NotPublic::Scheme),
    ("https://jan@xis.example/", NotPublic::Credentials),
    ("https://:secret@xis.example/", NotPublic::Credentials),
    ("https://xis.example@127.0.0.1/", NotPublic::Credentials),
    ("https://xis.example:443@169.254.169.254/", NotPublic::Credentials),
    ("https://127.0.0.1\\@xis.example/", NotPublic::Address),
    ("https://127.0.0.1#@xis.example/", NotPublic::Address),
    ("https://127.0.0.1?@xis.example/", NotPublic::Address),
    ("https:\\\\127.0.0.1\\", NotPublic::Address),
    ("https:127.0.0.1", NotPublic::Address),
    ("https://\t127.0.0.1/", NotPublic::Address),
    ("https://127.0.\n0.1/", NotPublic::Address),
    ("HTTPS://127.0.0.1/", NotPublic::Address),
];

#[test]
fn no_address_leads_into_our_own_network() {
    let client = GuardedClient::new(&Outgoing::default()).unwrap();
    for host in PRIVATE {
        for url in [format!("https://{host}/"), format!("https://{host}:8443/fhir/r4")] {
            assert_eq!(client.check(&url.parse().unwrap()), Err(NotPublic::Address), "{url}");
        }
        let url: Url = format!("http://{host}/").parse().unwrap();
        assert_eq!(client.check(&url), Err(NotPublic::Scheme), "{url}");
    }
    for (url, why) in OTHERS {
        assert_eq!(client.check(&url.parse().unwrap()), Err(*why), "{url}");
    }
}

#[tokio::test]
async fn what_is_sent_is_judged_as_it_is_reached() {
    let client = GuardedClient::new(&Outgoing::default()).unwrap();
    let hosts = PRIVATE.iter().filter(|host| host.is_ascii() && !host.contains('%'));
    for url in hosts.map(|host| format!("https://{host}/")) {
        // What `http` itself cannot read is not sent either.
        let Ok(request) = http::Request::post(&*url).body(Bytes::new()) else { continue };
        let error = client.send(request, LIMITS).await.unwrap_err();
        assert!(matches!(error, HttpError::Forbidden { .. }), "{url}: {error}");
    }
}

#[test]
fn the_public_internet_is_reached_over_https_and_from_browsers_addresses_on_its_port_alone() {
    let (any, one) =
        (GuardedClient::new(&Outgoing::default()), GuardedClient::on_standard_port(&Outgoing::default()));
    for (url, on_any, on_one) in [
        ("https://push.example/wpush/v2/abc?x=1", Ok(()), Ok(())),
        ("https://push.example:443/abc", Ok(()), Ok(())),
        ("https://142.250.179.138/abc", Ok(()), Ok(())),
        ("https://[2606:4700::1111]/abc", Ok(()), Ok(())),
        ("https://xis.example:8443/fhir", Ok(()), Err(NotPublic::Port)),
        ("https://xis.example:22/", Ok(()), Err(NotPublic::Port)),
    ] {
        let url = url.parse().unwrap();
        assert_eq!(any.as_ref().unwrap().check(&url), on_any, "{url}");
        assert_eq!(one.as_ref().unwrap().check(&url), on_one, "{url}");
    }
}

#[test]
fn what_the_operator_allows_is_reached_and_nothing_beside_it() {
    let client =
        GuardedClient::new(&allowing(&["http://127.0.0.1:9000", "10.1.0.0/16", "xis.hospital"])).unwrap();
    for (url, answer) in [
        ("http://127.0.0.1:9000/push", Ok(())),
        ("http://127.0.0.1:9001/push", Err(NotPublic::Scheme)),
        ("https://127.0.0.1:9000/push", Err(NotPublic::Address)),
        ("http://jan@127.0.0.1:9000/push", Err(NotPublic::Credentials)),
        ("http://10.1.2.3:8080/fhir", Ok(())),
        ("https://10.1.2.3/fhir", Ok(())),
        ("https://10.2.0.1/fhir", Err(NotPublic::Address)),
        ("http://xis.hospital/fhir", Ok(())),
        ("ftp://xis.hospital/fhir", Err(NotPublic::Scheme)),
        ("http://xis.hospital.evil.example/fhir", Err(NotPublic::Scheme)),
        ("http://other.example/fhir", Err(NotPublic::Scheme)),
    ] {
        assert_eq!(client.check(&url.parse().unwrap()), answer, "{url}");
    }
}
