//! That no configuration shows a secret to whoever prints it.

use std::path::Path;

use oauth::SigningKey;
use platform::VapidKey;
use secrecy::ExposeSecret as _;
use world::SystemChance;

use super::{PlatformFile, XisFile, new_keys, read};

const SECRET: &str = "Zwaluwstaart";

/// Every secret in a text of TOML: the keys, and what is called so.
fn secrets(text: &str) -> Vec<String> {
    let quoted = text.split(['"', '\'']).filter(|piece| piece.len() >= 43 && !piece.contains("://"));
    let lines = text.lines().filter(|line| line.len() == 64);
    quoted.chain(lines).map(str::to_owned).chain([SECRET.to_owned()]).collect()
}

fn assert_hidden(debug: &str, secrets: &[String]) {
    for secret in secrets {
        assert!(!debug.contains(secret.as_str()), "{secret} is in {debug}");
    }
}

fn written(folder: &Path, text: &str) -> std::path::PathBuf {
    let path = folder.join("balie.toml");
    std::fs::write(&path, text).unwrap();
    path
}

/// ASVS: 13.3.1, 16.2.5
#[test]
fn the_platforms_configuration_hides_its_secrets_as_a_file_and_as_it_is_used() {
    let folder = tempfile::tempdir().unwrap();
    let keys = new_keys(&SystemChance, "", true).unwrap();
    let text = format!(
        "listen = '127.0.0.1:0'\npublic_url = 'https://balie.example'\ndatabase = 'postgres://u:{SECRET}@h/d'\n\
         [login]\nissuer = 'https://login.example'\nclient_id = 'balie'\nclient_secret = '{SECRET}'\n\
         token_endpoint = 'https://login.example/token'\n\
         [mail]\nhost = 'smtp.example'\nport = 587\nsecurity = 'starttls'\nuser = 'balie'\npassword = '{SECRET}'\n\
         from = 'Balie <afspraken@balie.example>'\n{keys}"
    );
    let file: PlatformFile = read(&written(folder.path(), &text)).unwrap();
    let secrets = secrets(&keys);
    assert!(secrets.len() > 5, "this test looks for nothing: {}", secrets.len());
    assert_hidden(&format!("{file:?}"), &secrets);
    assert_hidden(&format!("{:?}", file.platform().unwrap()), &secrets);
}

/// ASVS: 13.3.1, 16.2.5
#[test]
fn the_practice_systems_configuration_hides_its_secrets() {
    let folder = tempfile::tempdir().unwrap();
    let keys = new_keys(&SystemChance, "xis.", false).unwrap();
    let text = format!(
        "listen = '127.0.0.1:0'\n[xis]\npublic_url = 'http://127.0.0.1:1'\ndatabase = 'postgres://u:{SECRET}@h/d'\n\
         issuer = 'https://login.example'\naudience = 'http://127.0.0.1:1/fhir/r4'\nwithout_login = true\n\
         [[xis.practices]]\nagb = '01000001'\nname = 'De Linde'\ncity = 'Utrecht'\n\
         [xis.practices.platform]\nfhir_base = 'https://balie.example/fhir/r4'\n\
         token_endpoint = 'https://balie.example/oauth2/token'\nclient_id = 'x'\nclient_secret = '{SECRET}'\n{keys}"
    );
    let file: XisFile = read(&written(folder.path(), &text)).unwrap();
    let secrets = secrets(&keys);
    assert!(secrets.len() > 2, "this test looks for nothing: {}", secrets.len());
    assert_hidden(&format!("{:?}", file.xis), &secrets);
}

#[test]
fn keys_that_sign_hide_themselves() {
    let (token, vapid) = (SigningKey::generate().unwrap(), VapidKey::generate(&SystemChance).unwrap());
    let secrets =
        secrets(&format!("\"{}\"\n{}", vapid.to_text().expose_secret(), token.to_pem().expose_secret()));
    assert_hidden(&format!("{token:?} {vapid:?}"), &secrets);
}
