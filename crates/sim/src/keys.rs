//! Keys for signing, made once: no run reads anything in them.

use std::sync::LazyLock;

use oauth::SigningKey;

pub(crate) struct SigningKeys {
    pub(crate) platform: SigningKey,
    pub(crate) login: SigningKey,
}

pub(crate) static KEYS: LazyLock<SigningKeys> = LazyLock::new(|| SigningKeys {
    platform: SigningKey::generate().unwrap(),
    login: SigningKey::generate().unwrap(),
});
