//! One clock for all processes of a run: what one of them noted is compared to what another did.

use std::time::{SystemTime, UNIX_EPOCH};

/// Microseconds since 1970.
#[expect(clippy::disallowed_methods, reason = "nothing here is simulated")]
pub(crate) fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_micros()).unwrap_or(u64::MAX)
}

/// So many days from today, as FHIR writes a date (UTC).
pub(crate) fn date(days_ahead: u64) -> String {
    written_day(now() / 1_000_000 / 86_400 + days_ahead)
}

/// These microseconds since 1970, as FHIR writes a moment.
pub(crate) fn written(moment: u64) -> String {
    let minutes = moment / 60_000_000;
    let (day, hour, minute) = (written_day(minutes / 1_440), minutes / 60 % 24, minutes % 60);
    format!("{day}T{hour:02}:{minute:02}:00Z")
}

fn written_day(days: u64) -> String {
    let (year, month, day) = civil(days);
    format!("{year}-{month:02}-{day:02}")
}

/// The date of this day since 1970, by whole cycles of 400 years that begin on the first of March.
fn civil(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let (cycle, day_of_cycle) = (days / 146_097, days % 146_097);
    let year = (day_of_cycle - day_of_cycle / 1_460 + day_of_cycle / 36_524 - day_of_cycle / 146_096) / 365;
    let day_of_year = day_of_cycle - (365 * year + year / 4 - year / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let (month, year) = if month < 10 { (month + 3, year) } else { (month - 9, year + 1) };
    (cycle * 400 + year, month, day)
}

#[cfg(test)]
mod tests {
    use super::civil;

    #[test]
    fn days_are_dates() {
        for (days, date) in
            [(0, (1970, 1, 1)), (11_016, (2000, 2, 29)), (20_088, (2024, 12, 31)), (20_454, (2026, 1, 1))]
        {
            assert_eq!(civil(days), date);
        }
    }
}
