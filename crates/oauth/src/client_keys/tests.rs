use serde_json::json;

use super::*;
use crate::SigningKey;

/// As `openssl pkey -pubout` writes them.
const P_256: &str = "-----BEGIN PUBLIC KEY-----\n\
    MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAElAres3C6xwkaSwc325Kekun/9PhJ\n\
    kijItVcHIEh9TjZDI57r6XGVHjmS2gDDP1r/z4G+IJqyD2wVKaXvULmWhQ==\n\
    -----END PUBLIC KEY-----\n";
const P_384: &str = "-----BEGIN PUBLIC KEY-----\n\
    MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAECijD8Dr0BQHSVqEeqVJT4XUo58j/5bBO\n\
    /IaxvVdU6Wh6ykUKZISkFfd0wEfydUHW/34Ycer7L7THrqB8M3Csnm9ArCotb01K\n\
    XtY5r2Bo8SlxrOVglgYZ1cF9/ZS0gkso\n\
    -----END PUBLIC KEY-----\n";
const RSA_2048: &str = "-----BEGIN PUBLIC KEY-----\n\
    MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAkPkIYSPJBskhmvdGYUUY\n\
    1sm+/ny4T9WdscZ9u9m99x2k+KP57wmih64jpMbweoao/dAWhc6nC+Tdlp6pAfyD\n\
    M9Q42GY83iqe+3yz9bmOCkK1cCal/L15g2CprSltrHK6Hvi+WM30IuvAn04JwfV6\n\
    KD40f2pA06tnj5/Fi0+Py3KkGLQ+sOyMmlDD/jOmHP6Ky2GmnxSKJ8kdfs2YWCp4\n\
    VZyIh7XkBpj716IkMHFLWoYxTMu75SLWNS+kHmtFE4rmHeGfBcGgySLz7RIhCRAO\n\
    wfXQJElCwnZ1SMOQEYUHvZkfgBQoYbSfSMcRyydFgmS3shX4+sw5MCh3pKjATTQo\n\
    zQIDAQAB\n\
    -----END PUBLIC KEY-----\n";
const RSA_1024: &str = "-----BEGIN PUBLIC KEY-----\n\
    MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDERtDkLv3XTZNbTs7Heoti3caK\n\
    w8mnmhh8TU8C/3u5+3KzwDvjis8DB3IgBsW4pxKKg2YCPW6PUBPgh1d75IRT4rJ0\n\
    A+jJh5rg6Ex2mtMnDVSiTKnoxxYy+LN88qh1D2VKW5gNVIiBYJtHxSSwms+VqeoV\n\
    r2A89zyf7Azk6q6DYQIDAQAB\n\
    -----END PUBLIC KEY-----\n";

fn jwk() -> Value {
    json!(SigningKey::generate().unwrap().public())
}

#[test]
fn a_key_is_read_from_pem_a_jwk_or_a_key_set_and_has_an_id() {
    let (one, two) = (jwk(), jwk());
    for (text, number) in [
        (P_256.to_owned(), 1),
        (RSA_2048.to_owned(), 1),
        (one.to_string(), 1),
        (json!({ "keys": [one, two] }).to_string(), 2),
    ] {
        let keys = PublicKeys::of_client(&text).unwrap();
        assert_eq!((keys.ids().len(), keys.jwks().len()), (number, number), "{text}");
        let again = PublicKeys::from_json(keys.to_json().to_string().as_bytes()).unwrap();
        assert_eq!(again, keys);
    }
}

#[test]
fn what_cannot_be_used_is_said_in_words_that_help() {
    let mut private = jwk();
    private["d"] = json!("c2VjcmV0");
    let mut encrypts = jwk();
    encrypts["use"] = json!("enc");
    let private_pem = SigningKey::generate().unwrap().to_pem();
    let private_pem = secrecy::ExposeSecret::expose_secret(&private_pem).to_owned();
    for (text, expected) in [
        (String::new(), NotClientKeys::Unreadable),
        ("{}".to_owned(), NotClientKeys::Unfit),
        (json!({ "keys": [] }).to_string(), NotClientKeys::Unreadable),
        (P_256.replace("MFkw", "AAAA"), NotClientKeys::Unreadable),
        (private.to_string(), NotClientKeys::Private),
        (private_pem, NotClientKeys::Private),
        (json!({ "kty": "oct", "k": "c2VjcmV0" }).to_string(), NotClientKeys::Unfit),
        (encrypts.to_string(), NotClientKeys::Unfit),
        (P_384.to_owned(), NotClientKeys::Unfit),
        (RSA_1024.to_owned(), NotClientKeys::Unfit),
        (json!({ "keys": [jwk(), jwk(), jwk()] }).to_string(), NotClientKeys::TooMany),
    ] {
        assert_eq!(PublicKeys::of_client(&text).unwrap_err(), expected, "{text}");
    }
}

#[test]
fn a_new_key_stands_beside_the_last_one_and_the_one_before_that_is_gone() {
    let keys = || PublicKeys::of_client(&jwk().to_string()).unwrap();
    let (first, second, third) = (keys(), keys(), keys());
    let two = second.clone().after(&first);
    assert_eq!(two.ids(), [second.ids(), first.ids()].concat());
    assert_eq!(third.clone().after(&two).ids(), [third.ids(), second.ids()].concat());
    assert_eq!(second.after(&two).ids(), two.ids(), "the same key is no new one");
}
