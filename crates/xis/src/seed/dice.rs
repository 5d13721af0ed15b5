/// A throw below `sides`, always the same for the same seed and occasion.
pub(super) fn throw(seed: u64, occasion: &str, sides: usize) -> usize {
    // FNV-1a over the occasion, then a mixer: good enough to look like chance, and no secret depends on it.
    let hash = occasion.bytes().fold(seed ^ 0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let mixed = (hash ^ (hash >> 31)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let sides = u64::try_from(sides).unwrap_or(u64::MAX).max(1);
    usize::try_from((mixed ^ (mixed >> 29)) % sides).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_occasion_falls_the_same_and_others_differ() {
        let throws: Vec<usize> = (0..600).map(|number| throw(7, &number.to_string(), 6)).collect();
        assert_eq!(throws, (0..600).map(|number| throw(7, &number.to_string(), 6)).collect::<Vec<_>>());
        for side in 0..6 {
            let count = throws.iter().filter(|throw| **throw == side).count();
            assert!((60..140).contains(&count), "{side} fell {count} times");
        }
    }
}
