//! The doors, knocked at by chance: any bytes, and the seeds of the fuzzer with some of their bytes changed.

use std::{fs, path::Path, sync::LazyLock};

use proptest::{collection::vec, prelude::*, sample::Index};

use super::{ALL, Door};

/// Every door with its seeds: fuzz/corpus holds a folder of each.
static DOORS: LazyLock<Vec<(Door, Vec<Vec<u8>>)>> =
    LazyLock::new(|| ALL.into_iter().map(|door| (door, seeds(door.0))).collect());

fn seeds(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(name);
    let files = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut seeds: Vec<_> = files.map(|file| fs::read(file.unwrap().path()).unwrap()).collect();
    seeds.sort();
    seeds
}

#[test]
fn every_door_has_seeds_and_stands_each() {
    for ((name, knock), seeds) in &*DOORS {
        assert!(!seeds.is_empty(), "{name}");
        seeds.iter().for_each(|seed| knock(seed));
    }
}

/// The seed with bytes put in the place of others.
fn spoiled(seed: &[u8], changes: &[(Index, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for (place, put) in changes {
        let start = place.index(bytes.len() + 1);
        let end = (start + put.len()).min(bytes.len());
        bytes.splice(start..end, put.iter().copied());
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    /// ASVS: 9.1.1, 9.1.2
    #[test]
    fn every_door_stands_any_bytes(bytes in vec(any::<u8>(), 0..300)) {
        ALL.iter().for_each(|(_, knock)| knock(&bytes));
    }

    #[test]
    fn every_door_stands_its_seeds_spoiled(
        which in any::<Index>(),
        changes in vec((any::<Index>(), vec(any::<u8>(), 0..8)), 1..5),
    ) {
        for ((_, knock), seeds) in &*DOORS {
            let seed: &Vec<u8> = which.get(seeds);
            knock(&spoiled(seed, &changes));
        }
    }
}
