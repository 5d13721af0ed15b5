use std::path::PathBuf;

use anyhow::bail;
use platform::AuditTrail;
use serde::Deserialize;

/// What the standard asks for.
const LEAST_YEARS: u8 = 5;

/// How long the audit trail is kept, and where its head goes.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AuditTable {
    /// So many years, at least five (default 5).
    keep_years: Option<u8>,
    /// A file that always holds the newest head of the trail's chain, for `balie audit verify --head`. Keep it where who
    /// can change the database cannot.
    head_file: Option<PathBuf>,
}

impl AuditTable {
    pub(super) fn trail(&self) -> anyhow::Result<AuditTrail> {
        let keep_years = self.keep_years.unwrap_or(LEAST_YEARS);
        if keep_years < LEAST_YEARS {
            bail!("audit.keep_years: {keep_years} is less than the {LEAST_YEARS} years of NEN 7513");
        }
        Ok(AuditTrail { keep_years, head_file: self.head_file.clone() })
    }
}
