//! Message Encryption for Web Push (RFC 8291): only the device can read what its push service carries.

use aws_lc_rs::{
    aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    agreement::{ECDH_P256, PrivateKey, UnparsedPublicKey, agree},
    error::Unspecified,
    hkdf::{HKDF_SHA256, KeyType, Prk, Salt},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use store::Device;

/// What every push service takes (RFC 8030, 7.2): header, message, delimiter and tag together.
const LARGEST: u32 = 4096;

/// All records are at least so long, so that their length does not tell what they say.
pub(super) const PADDED: usize = 1024;

const POINT_BYTES: u8 = 65;
const SALT_BYTES: usize = 16;
const AUTH_BYTES: usize = 16;
const TAG_BYTES: usize = 16;
const HEADER_BYTES: usize = SALT_BYTES + size_of::<u32>() + 1 + POINT_BYTES as usize;

/// The keys that a device gave when it subscribed.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct DeviceKeys {
    /// A point on P-256, uncompressed.
    public: Vec<u8>,
    auth: Vec<u8>,
}

/// What is new for every message.
pub(super) struct Fresh {
    /// A random scalar.
    pub(super) private: [u8; 32],
    pub(super) salt: [u8; SALT_BYTES],
}

/// Keys that nothing can be encrypted with, or a message that does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the message cannot be encrypted with the keys that the device gave")]
pub(crate) struct Unencryptable;

impl From<Unspecified> for Unencryptable {
    fn from(_: Unspecified) -> Self {
        Self
    }
}

impl DeviceKeys {
    /// # Errors
    /// When they are no base64url of a point and of a secret of 16 bytes.
    pub(crate) fn of(device: &Device) -> Result<Self, Unencryptable> {
        // Browsers leave the padding out; some write it all the same.
        let bytes =
            |text: &str| URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).map_err(|_| Unencryptable);
        let keys = Self { public: bytes(&device.p256dh)?, auth: bytes(&device.auth)? };
        let is_point = keys.public.len() == usize::from(POINT_BYTES)
            && aws_lc_rs::agreement::ParsedPublicKey::try_from(keys.point()).is_ok();
        if is_point && keys.auth.len() == AUTH_BYTES { Ok(keys) } else { Err(Unencryptable) }
    }

    fn point(&self) -> UnparsedPublicKey<&[u8]> {
        UnparsedPublicKey::new(&ECDH_P256, self.public.as_slice())
    }
}

/// Encrypts a message into the one record of an `aes128gcm` body, filled up to `padded` bytes.
///
/// # Errors
/// When it does not fit into what push services take, or `fresh` holds no usable scalar.
pub(super) fn encrypt(
    message: &[u8],
    to: &DeviceKeys,
    fresh: &Fresh,
    padded: usize,
) -> Result<Vec<u8>, Unencryptable> {
    let private = PrivateKey::from_private_key(&ECDH_P256, &fresh.private).map_err(|_| Unencryptable)?;
    let public = private.compute_public_key()?;
    // The only record is the last one: its delimiter is 2, and zeros follow.
    let mut record = [message, &[2]].concat();
    record.resize(record.len().max(padded), 0);
    if HEADER_BYTES + record.len() + TAG_BYTES > LARGEST as usize {
        return Err(Unencryptable);
    }
    let (key, nonce) = keys(&private, public.as_ref(), to, &fresh.salt)?;
    key.seal_in_place_append_tag(nonce, Aad::empty(), &mut record)?;
    let header = [&fresh.salt[..], &LARGEST.to_be_bytes(), &[POINT_BYTES], public.as_ref()].concat();
    Ok([header, record].concat())
}

/// Key and nonce of the record (RFC 8291, 3.4).
fn keys(
    private: &PrivateKey,
    public: &[u8],
    to: &DeviceKeys,
    salt: &[u8],
) -> Result<(LessSafeKey, Nonce), Unencryptable> {
    let auth = Salt::new(HKDF_SHA256, &to.auth);
    let shared = agree(private, to.point(), Unencryptable, |secret| Ok(auth.extract(secret)))?;
    let input: [u8; 32] = expand(&shared, &[b"WebPush: info\0", &to.public, public])?;
    let content = Salt::new(HKDF_SHA256, salt).extract(&input);
    let key: [u8; 16] = expand(&content, &[b"Content-Encoding: aes128gcm\0"])?;
    let nonce: [u8; 12] = expand(&content, &[b"Content-Encoding: nonce\0"])?;
    let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key)?);
    Ok((key, Nonce::assume_unique_for_key(nonce)))
}

fn expand<const BYTES: usize>(key: &Prk, info: &[&[u8]]) -> Result<[u8; BYTES], Unspecified> {
    struct Length(usize);
    impl KeyType for Length {
        fn len(&self) -> usize {
            self.0
        }
    }
    let mut bytes = [0; BYTES];
    key.expand(info, Length(BYTES))?.fill(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8291, appendix A.
    const MESSAGE: &str = "When I grow up, I want to be a watermelon";
    const PUBLIC: &str =
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    const AUTH: &str = "BTBZMqHH6r4Tts7J_aSIgg";
    const PRIVATE: &str = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";
    const SALT: &str = "DGv6ra1nlYgDCS1FRnbzlw";
    const BODY: &str = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml\
        mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT\
        pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";

    fn device(p256dh: &str, auth: &str) -> Device {
        let (endpoint, p256dh) = ("https://push.example/1".to_owned(), p256dh.to_owned());
        Device { endpoint, p256dh, auth: auth.to_owned(), browser: None, system: None }
    }

    fn bytes<const BYTES: usize>(text: &str) -> [u8; BYTES] {
        URL_SAFE_NO_PAD.decode(text).unwrap().try_into().unwrap()
    }

    fn fresh() -> Fresh {
        Fresh { private: bytes(PRIVATE), salt: bytes(SALT) }
    }

    #[test]
    fn the_example_of_rfc_8291_becomes_what_it_says() {
        let to = DeviceKeys::of(&device(PUBLIC, AUTH)).unwrap();
        let body = encrypt(MESSAGE.as_bytes(), &to, &fresh(), 0).unwrap();
        assert_eq!(URL_SAFE_NO_PAD.encode(body), BODY);
    }

    #[test]
    fn messages_of_different_length_look_alike_and_too_long_ones_do_not_leave() {
        let to = DeviceKeys::of(&device(PUBLIC, AUTH)).unwrap();
        let length = |bytes: usize| encrypt(&vec![b'x'; bytes], &to, &fresh(), PADDED).map(|body| body.len());
        assert_eq!(length(1).unwrap(), length(PADDED - 1).unwrap());
        assert_eq!(length(3993).unwrap(), 4096);
        assert_eq!(length(3994), Err(Unencryptable));
    }

    #[test]
    fn keys_that_are_none_are_refused() {
        assert!(DeviceKeys::of(&device(&format!("{PUBLIC}="), &format!("{AUTH}=="))).is_ok());
        let not_on_the_curve = URL_SAFE_NO_PAD.encode([[4; 1].as_slice(), &[7; 64]].concat());
        let compressed = URL_SAFE_NO_PAD.encode([[2; 1].as_slice(), &[7; 32]].concat());
        for public in ["", "no base64!", AUTH, &PUBLIC[..84], &not_on_the_curve, &compressed] {
            assert!(DeviceKeys::of(&device(public, AUTH)).is_err(), "{public}");
        }
        for auth in ["", "AAAA", PRIVATE] {
            assert!(DeviceKeys::of(&device(PUBLIC, auth)).is_err(), "{auth}");
        }
        let to = DeviceKeys::of(&device(PUBLIC, AUTH)).unwrap();
        let unusable = Fresh { private: [0; 32], salt: [0; 16] };
        assert_eq!(encrypt(b"", &to, &unusable, 0), Err(Unencryptable));
    }
}
