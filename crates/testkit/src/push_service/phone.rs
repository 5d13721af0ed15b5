use std::sync::Arc;

use aws_lc_rs::{
    aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    agreement::{ECDH_P256, PrivateKey, UnparsedPublicKey, agree},
    hmac::{HMAC_SHA256, Key, sign},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use world::{Chance as _, SystemChance};

/// A device that is subscribed at a [`PushService`](crate::PushService).
#[derive(Debug, Clone)]
pub struct Phone {
    /// Its address there.
    pub endpoint: String,
    private: Arc<PrivateKey>,
    public: Vec<u8>,
    auth: [u8; 16],
}

impl Phone {
    pub(super) fn new(endpoint: String) -> Self {
        let private = PrivateKey::generate(&ECDH_P256).unwrap();
        let public = private.compute_public_key().unwrap().as_ref().to_vec();
        let mut auth = [0; 16];
        SystemChance.fill(&mut auth);
        Self { endpoint, private: Arc::new(private), public, auth }
    }

    /// What its browser gives to a script.
    #[must_use]
    pub fn subscription(&self) -> Value {
        let (p256dh, auth) = (URL_SAFE_NO_PAD.encode(&self.public), URL_SAFE_NO_PAD.encode(self.auth));
        json!({ "endpoint": self.endpoint, "expirationTime": null, "keys": { "p256dh": p256dh, "auth": auth } })
    }

    /// Decrypts as RFC 8291 says, step by step and with nothing of the sender's code.
    pub(super) fn read(&self, body: &[u8]) -> Vec<u8> {
        let (salt, rest) = body.split_at(16);
        let (record_bytes, rest) = rest.split_at(4);
        assert_eq!(record_bytes, 4096_u32.to_be_bytes());
        let (sender, record) = rest[1..].split_at(rest[0].into());
        let peer = UnparsedPublicKey::new(&ECDH_P256, sender);
        let secret = agree(&self.private, peer, (), |secret| Ok(secret.to_vec())).unwrap();
        let shared = hmac(&self.auth, &[&secret]);
        let input = hmac(&shared, &[b"WebPush: info\0", &self.public, sender, &[1]]);
        let content = hmac(salt, &[&input]);
        let key = &hmac(&content, &[b"Content-Encoding: aes128gcm\0", &[1]])[..16];
        let nonce = &hmac(&content, &[b"Content-Encoding: nonce\0", &[1]])[..12];
        let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, key).unwrap());
        let nonce = Nonce::try_assume_unique_for_key(nonce).unwrap();
        let mut record = record.to_vec();
        let plain = key.open_in_place(nonce, Aad::empty(), &mut record).unwrap();
        let end = plain.iter().rposition(|byte| *byte != 0).unwrap();
        assert_eq!(plain[end], 2, "the delimiter of the last record");
        plain[..end].to_vec()
    }
}

fn hmac(key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    sign(&Key::new(HMAC_SHA256, key), &parts.concat()).as_ref().to_vec()
}
