//! Knocks at one door, of `platform::untrusted` or of the configuration: the one that the variable DOOR names.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use platform::untrusted::{ALL, Door};

static DOOR: LazyLock<Door> = LazyLock::new(|| {
    let name = std::env::var("DOOR").expect("DOOR names a door");
    let configuration: Door = ("configuration", balie::configuration);
    let mut doors = ALL.into_iter().chain([configuration]);
    doors.find(|(known, _)| *known == name).expect("a door")
});

fuzz_target!(|bytes: &[u8]| (DOOR.1)(bytes));
