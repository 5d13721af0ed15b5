use super::Settings;

impl Settings {
    /// Whether the XIS speaks version 1 of the contract instead of version 2 (D13).
    #[must_use]
    pub fn speaks_version_1(&self) -> bool {
        self.api_version == 1
    }

    pub(super) fn check_api_version(&self) -> Result<(), &'static str> {
        if matches!(self.api_version, 1 | 2) { Ok(()) } else { Err("give 1 or 2") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d13_a_xis_speaks_version_1_or_2_and_2_unless_it_is_said() {
        let mut settings = Settings::default();
        assert!(!settings.speaks_version_1());
        settings.set("api_version", "1").unwrap();
        assert!(settings.speaks_version_1());
        for value in ["0", "3", "v1", ""] {
            assert!(settings.set("api_version", value).is_err(), "{value}");
        }
        settings.set("api_version", "2").unwrap();
        assert_eq!(settings, Settings::default());
    }
}
