use serde::Deserialize;

/// Which version of the contract the platform speaks with a practice (D13).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(try_from = "u8")]
pub enum ApiVersion {
    /// Agendas are practitioners at work; a slot names no schedule.
    One,
    /// Agendas are schedules.
    #[default]
    Two,
}

/// The configuration names another version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("api_version must be 1 or 2, not {0}")]
pub struct NoSuchVersion(u8);

impl TryFrom<u8> for ApiVersion {
    type Error = NoSuchVersion;

    fn try_from(number: u8) -> Result<Self, NoSuchVersion> {
        match number {
            1 => Ok(Self::One),
            2 => Ok(Self::Two),
            other => Err(NoSuchVersion(other)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d13_a_version_is_1_or_2_and_2_unless_it_is_said() {
        let read = |text: &str| serde_json::from_str::<ApiVersion>(text);
        assert_eq!((read("1").unwrap(), read("2").unwrap()), (ApiVersion::One, ApiVersion::default()));
        assert!(read("3").unwrap_err().to_string().contains("api_version must be 1 or 2, not 3"));
    }
}
