//! Which case each fault has.

/// Declares the cases of a file: each a test by itself, on SQLite or on `both` databases, in which its fault struck.
macro_rules! cases {
    ($($fault:ident, $name:ident on $databases:ident: |$town:ident| $case:expr;)+) => {
        $(
            #[tokio::test]
            async fn $name() {
                for town in $crate::town::Town::$databases().await {
                    let $town = &town;
                    $case;
                    assert!(town.xis.times_struck(xis::faults::Fault::$fault) > 0, "the fault never struck");
                }
            }
        )+
        /// The faults that have a case in this file.
        pub(crate) const FAULTS: &[xis::faults::Fault] = &[$(xis::faults::Fault::$fault),+];
    };
}
pub(crate) use cases;

use xis::faults::Fault;

use crate::{agenda, answers, knowing, searches, telling};

#[test]
fn every_fault_has_a_case() {
    let has_one =
        [answers::FAULTS, searches::FAULTS, knowing::FAULTS, agenda::FAULTS, telling::FAULTS].concat();
    let without: Vec<_> = Fault::ALL.iter().filter(|fault| !has_one.contains(fault)).collect();
    assert!(without.is_empty(), "no case for {without:?}");
}
