//! How often what was reached.

use std::{collections::BTreeMap, sync::Mutex};

use crate::sim::lock;

/// Names with how often they were reached.
#[derive(Debug, Default)]
pub(crate) struct Counts(Mutex<BTreeMap<String, u64>>);

impl Counts {
    pub(crate) fn add(&self, name: impl Into<String>) {
        *lock(&self.0).entry(name.into()).or_default() += 1;
    }

    pub(crate) fn all(&self) -> BTreeMap<String, u64> {
        lock(&self.0).clone()
    }
}
