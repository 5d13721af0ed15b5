//! Knocks at one door of `platform::untrusted`: the one that the environment variable DOOR names.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use platform::untrusted::{ALL, Door};

static DOOR: LazyLock<Door> = LazyLock::new(|| {
    let name = std::env::var("DOOR").expect("DOOR names a door");
    *ALL.iter().find(|(known, _)| *known == name).expect("a door of platform::untrusted")
});

fuzz_target!(|bytes: &[u8]| (DOOR.1)(bytes));
