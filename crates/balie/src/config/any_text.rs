//! A configuration with anything wrong in it is refused in words, and the words hold no secret.

use proptest::{collection::vec, prelude::*, sample::Index};
use tempfile::TempDir;

use super::{PlatformFile, XisFile, read};

const SECRET: &str = "Zwaluwstaart";

const PLATFORM: &str = "listen = '127.0.0.1:0'
public_url = 'https://balie.example'
database = 'postgres://u:Zwaluwstaart@h/d'
[login]
issuer = 'https://login.example'
client_id = 'balie'
client_secret = 'Zwaluwstaart'
token_endpoint = 'https://login.example/token'
[mail]
host = 'smtp.example'
port = 587
security = 'starttls'
password = 'Zwaluwstaart'
[keys]
current = 1
sealing = { 1 = 'Zwaluwstaart' }
index = 'Zwaluwstaart'
";

/// Reads it as either program would, and gives what was said of it.
fn said(folder: &TempDir, text: &[u8]) -> String {
    let path = folder.path().join("balie.toml");
    std::fs::write(&path, text).unwrap();
    let platform = read::<PlatformFile>(&path).and_then(|file| file.platform());
    let xis = read::<XisFile>(&path);
    let errors = [platform.err(), xis.err()].into_iter().flatten();
    errors.map(|error| format!("{error:#}\n{error:?}\n")).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// ASVS: 13.3.1
    #[test]
    fn whatever_is_wrong_in_a_configuration_no_secret_is_said(
        changes in vec((any::<Index>(), vec(any::<u8>(), 0..6)), 0..4),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut text = PLATFORM.as_bytes().to_vec();
        for (place, put) in &changes {
            let start = place.index(text.len() + 1);
            let end = (start + put.len()).min(text.len());
            text.splice(start..end, put.iter().copied());
        }
        prop_assert!(!said(&folder, &text).contains(SECRET));
    }
}

#[test]
fn a_secret_in_the_place_of_a_number_is_not_said() {
    let folder = tempfile::tempdir().unwrap();
    for (sound, spoiled) in [
        ("port = 587", "port = 'Zwaluwstaart'"),
        ("'https://login.example'", "'Zwaluwstaart'"),
        ("'starttls'", "'Zwaluwstaart'"),
        ("'127.0.0.1:0'", "'Zwaluwstaart'"),
        ("'Zwaluwstaart'\ntoken", "{ Zwaluwstaart = 1 }\ntoken"),
    ] {
        let text = PLATFORM.replacen(sound, spoiled, 1);
        assert_ne!(text, PLATFORM);
        let said = said(&folder, text.as_bytes());
        assert!(!said.is_empty() && !said.contains(SECRET), "{spoiled}: {said}");
    }
}
