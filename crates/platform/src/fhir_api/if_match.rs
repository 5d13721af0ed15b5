use axum::http::{HeaderMap, header};
use store::Stored;

use super::outcome::Refused;

/// What `If-Match` asks for (A16).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum IfMatch {
    /// That there is one.
    Any,
    /// That it is one of these revisions.
    Versions(Vec<u32>),
}

impl IfMatch {
    /// Reads the header, where it is sent.
    ///
    /// # Errors
    /// When it names no version that we ever gave out.
    pub(super) fn read(headers: &HeaderMap) -> Result<Option<Self>, Refused> {
        let Some(value) = headers.get(header::IF_MATCH) else { return Ok(None) };
        let text = value.to_str().unwrap_or_default().trim();
        if text == "*" {
            return Ok(Some(Self::Any));
        }
        let versions: Vec<u32> = text.split(',').filter_map(version).collect();
        if versions.is_empty() { Err(Refused::VersionConflict) } else { Ok(Some(Self::Versions(versions))) }
    }

    /// Whether what is there is what was asked for.
    pub(crate) fn allows(&self, known: Option<&Stored>) -> bool {
        match (self, known) {
            (_, None) => false,
            (Self::Any, Some(_)) => true,
            (Self::Versions(versions), Some(known)) => versions.contains(&known.revision),
        }
    }
}

/// FHIR's tags are weak; the quotes are there, or forgotten.
fn version(tag: &str) -> Option<u32> {
    let tag = tag.trim();
    tag.strip_prefix("W/").unwrap_or(tag).trim_matches('"').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: &'static str) -> Result<Option<IfMatch>, Refused> {
        IfMatch::read(&HeaderMap::from_iter([(header::IF_MATCH, value.parse().unwrap())]))
    }

    #[test]
    fn a16_every_way_to_write_a_version() {
        for value in ["W/\"3\"", "\"3\"", "3", " W/\"3\" "] {
            assert_eq!(read(value).unwrap(), Some(IfMatch::Versions(vec![3])), "{value}");
        }
        assert_eq!(read("W/\"3\", \"4\"").unwrap(), Some(IfMatch::Versions(vec![3, 4])));
        assert_eq!(read("*").unwrap(), Some(IfMatch::Any));
        assert_eq!(IfMatch::read(&HeaderMap::new()).unwrap(), None);
    }

    #[test]
    fn a16_what_is_no_version_of_ours_is_a_conflict() {
        for value in ["", "W/\"abc\"", "-1"] {
            assert!(matches!(read(value), Err(Refused::VersionConflict)), "{value}");
        }
    }
}
