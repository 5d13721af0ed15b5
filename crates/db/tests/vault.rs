//! What the vault promises.

use db::{Keys, Vault};

fn keys(current: u8, ids: &[u8]) -> Keys {
    Keys {
        current,
        sealing: ids.iter().map(|id| (*id, [*id; 32])).collect(),
        index: [7; 32],
        audit: [8; 32].into(),
    }
}

/// ASVS: 11.3.3
#[test]
fn what_is_sealed_opens_at_its_place_and_nowhere_else() {
    let vault = Vault::new(&keys(1, &[1])).unwrap();
    let sealed = vault.seal("account.bsn:1", b"secret").unwrap();
    assert_eq!(vault.open_text("account.bsn:1", &sealed).unwrap(), "secret");
    assert!(vault.open("account.bsn:2", &sealed).is_err());
    for position in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[position] ^= 1;
        assert!(vault.open("account.bsn:1", &changed).is_err(), "byte {position} was changed unseen");
    }
    assert!(vault.open("account.bsn:1", &sealed[..5]).is_err());
}

/// ASVS: 11.3.4
#[test]
fn the_same_secret_is_sealed_differently_each_time_but_indexed_alike() {
    let vault = Vault::new(&keys(1, &[1])).unwrap();
    assert_ne!(vault.seal("p", b"secret").unwrap(), vault.seal("p", b"secret").unwrap());
    assert_eq!(vault.blind_index("bsn", "secret"), vault.blind_index("bsn", "secret"));
    assert_ne!(vault.blind_index("bsn", "secret"), vault.blind_index("mail", "secret"));
    assert_ne!(vault.blind_index("bs", "nsecret"), vault.blind_index("bsn", "secret"));
}

#[test]
fn a_former_key_still_opens_and_an_unknown_one_does_not() {
    let sealed = Vault::new(&keys(1, &[1])).unwrap().seal("p", b"secret").unwrap();
    assert_eq!(Vault::new(&keys(2, &[1, 2])).unwrap().open("p", &sealed).unwrap(), b"secret");
    assert!(Vault::new(&keys(2, &[2])).unwrap().open("p", &sealed).is_err());
    assert!(Vault::new(&keys(3, &[1, 2])).is_err());
}

#[test]
fn a_fingerprint_tells_its_parts_and_their_borders_apart() {
    let vault = Vault::new(&keys(1, &[1])).unwrap();
    let print = |parts: &[&[u8]]| vault.fingerprints("message", parts);
    assert_eq!(print(&[b"a", b"b"]), print(&[b"a", b"b"]));
    for other in [&[b"ab".as_slice(), b""][..], &[b"ab"], &[b"a", b"b", b""], &[b"b", b"a"], &[]] {
        assert_ne!(print(&[b"a", b"b"]), print(other), "{other:?}");
    }
    assert_ne!(vault.fingerprints("other", &[b"a"]), print(&[b"a"]));
}

/// ASVS: 11.2.2
#[test]
fn while_keys_rotate_a_secret_is_found_under_both_and_kept_under_the_current_one() {
    let old = Vault::new(&keys(1, &[1])).unwrap();
    let announced = Vault::rotating(&keys(1, &[1, 2]), Some(&[9; 32])).unwrap();
    let vault = Vault::new(&keys(1, &[1])).unwrap();
    let sealed = vault.seal("p", b"secret").unwrap();
    vault.renew(&Keys { index: [9; 32], ..keys(2, &[1, 2]) }, Some(&[7; 32])).unwrap();
    let [current, other] = vault.blind_indexes("bsn", "secret");
    assert_eq!(other, old.blind_index("bsn", "secret"));
    assert_eq!(announced.blind_indexes("bsn", "secret"), [other, current.clone()]);
    assert_eq!(vault.blind_index("bsn", "secret"), current);
    assert_eq!((vault.current(), vault.known()), (2, vec![1, 2]));
    assert_eq!(vault.open("p", &sealed).unwrap(), b"secret");
    assert!(old.open("p", &vault.seal("p", b"secret").unwrap()).is_err());
    assert!(announced.open("p", &vault.seal("p", b"secret").unwrap()).is_ok());
    // Keys that cannot be used change nothing.
    assert!(vault.renew(&keys(3, &[1]), None).is_err());
    assert_eq!(vault.current(), 2);
}

#[test]
fn without_a_rotation_the_two_indexes_are_one() {
    let [current, other] = Vault::new(&keys(1, &[1])).unwrap().blind_indexes("bsn", "secret");
    assert_eq!(current, other);
}
