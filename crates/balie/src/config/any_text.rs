//! A configuration with anything wrong in it is refused in words, and the words hold no secret.

use std::{fs, path::Path, sync::LazyLock};

use proptest::{collection::vec, prelude::*, sample::Index};

use super::door::{SECRET, configuration, said};

/// What the fuzzer begins with.
static SEEDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/configuration");
    let files = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut seeds: Vec<_> = files.map(|file| fs::read_to_string(file.unwrap().path()).unwrap()).collect();
    seeds.sort();
    seeds
});

#[test]
fn every_seed_of_a_configuration_holds_a_secret_and_says_none() {
    assert!(!SEEDS.is_empty());
    for seed in &*SEEDS {
        assert!(seed.contains(SECRET), "this seed tries nothing: {seed}");
        configuration(seed.as_bytes());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// ASVS: 13.3.1
    #[test]
    fn whatever_is_wrong_in_a_configuration_no_secret_is_said(
        which in any::<Index>(),
        changes in vec((any::<Index>(), vec(any::<u8>(), 0..6)), 0..4),
    ) {
        let seed: &String = which.get(&SEEDS);
        let mut text = seed.as_bytes().to_vec();
        for (place, put) in &changes {
            let start = place.index(text.len() + 1);
            let end = (start + put.len()).min(text.len());
            text.splice(start..end, put.iter().copied());
        }
        configuration(&text);
    }
}

#[test]
fn a_secret_in_the_place_of_a_number_is_not_said() {
    let folder = tempfile::tempdir().unwrap();
    let platform = fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/configuration/platform"),
    );
    let platform = platform.unwrap();
    for (sound, spoiled) in [
        ("port = 587", "port = 'Zwaluwstaart'"),
        ("'https://login.example'", "'Zwaluwstaart'"),
        ("'starttls'", "'Zwaluwstaart'"),
        ("'127.0.0.1:0'", "'Zwaluwstaart'"),
        ("'Zwaluwstaart'\ntoken", "{ Zwaluwstaart = 1 }\ntoken"),
    ] {
        let text = platform.replacen(sound, spoiled, 1);
        assert_ne!(text, platform);
        let said = said(folder.path(), text.as_bytes());
        assert!(!said.is_empty() && !said.contains(SECRET), "{spoiled}: {said}");
    }
}
