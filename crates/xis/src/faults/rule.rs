use std::{fmt, str::FromStr};

use serde::Deserialize;

use super::{BadValue, Fault, Interaction, NoSuchInteraction, Takes, Value, fault::NoSuchFault};

/// Which fault strikes, where and how often: `NAME[=VALUE][@INTERACTION][:TIMES]`.
///
/// ```
/// use xis::faults::{Fault, Interaction, Rule};
///
/// let rule: Rule = "answer-lost@Appointment.create:1".parse()?;
/// assert_eq!((rule.fault, rule.at, rule.times), (Fault::AnswerLost, Some(Interaction::CreateAppointment), Some(1)));
/// assert_eq!(rule.to_string(), "answer-lost@Appointment.create:1");
/// # Ok::<_, xis::faults::BadRule>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Rule {
    /// What it does.
    pub fault: Fault,
    /// Its value, where one is given.
    pub value: Option<Value>,
    /// Where alone it strikes; otherwise wherever it can.
    pub at: Option<Interaction>,
    /// How often; otherwise always.
    pub times: Option<u32>,
}

/// A rule cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadRule {
    /// No fault has its name.
    #[error(transparent)]
    Fault(#[from] NoSuchFault),
    /// No interaction has its name.
    #[error(transparent)]
    Interaction(#[from] NoSuchInteraction),
    /// Its value is none.
    #[error("{fault}: {why}")]
    Value {
        /// Whose value.
        fault: Fault,
        /// What is wrong with it.
        why: BadValue,
    },
    /// The fault does not strike there.
    #[error("{fault} does not strike {at}{}", can_strike(*.fault))]
    Elsewhere {
        /// Which fault.
        fault: Fault,
        /// Where it does not.
        at: Interaction,
    },
    /// How often is no number.
    #[error("{0:?} is no number of times: write 1 or more behind the colon")]
    Times(String),
    /// It is as it is.
    #[error("clock-skew holds for everything, so it takes no number of times")]
    Always,
}

fn can_strike(fault: Fault) -> String {
    let names: Vec<_> = fault.strikes_at().iter().map(|at| at.name()).collect();
    if names.is_empty() { String::new() } else { format!(", only {}", names.join(", ")) }
}

impl Rule {
    /// This fault wherever and as often as it can.
    #[must_use]
    pub const fn always(fault: Fault) -> Self {
        Self { fault, value: None, at: None, times: None }
    }

    /// Its value, or the fault's own where it has none.
    #[must_use]
    pub fn value(&self) -> Option<Value> {
        self.value.or(match self.fault.takes() {
            Takes::Nothing => None,
            Takes::Duration(duration) => duration.try_into().map(Value::Duration).ok(),
            Takes::Status(status) => Some(Value::Status(status)),
            Takes::Count(count) => Some(Value::Count(count)),
        })
    }

    /// Whether it is about this fault at this interaction.
    pub(super) fn is_for(&self, fault: Fault, at: Interaction) -> bool {
        let is_there = self.at.map_or_else(|| fault.strikes_at().contains(&at), |own| own == at);
        self.fault == fault && is_there
    }
}

impl FromStr for Rule {
    type Err = BadRule;

    fn from_str(text: &str) -> Result<Self, BadRule> {
        let (rest, times) = split_end(text.trim(), ':');
        let (rest, at) = split_end(rest, '@');
        let (name, value) = rest.split_once('=').map_or((rest, None), |(name, value)| (name, Some(value)));
        let fault: Fault = name.parse()?;
        let value = value.map(|value| fault.takes().read(value)).transpose();
        let value = value.map_err(|why| BadRule::Value { fault, why })?;
        let at = at.map(str::parse).transpose()?;
        if let Some(at) = at.filter(|at| !fault.strikes_at().contains(at)) {
            return Err(BadRule::Elsewhere { fault, at });
        }
        let times = times.map(read_times).transpose()?;
        if fault == Fault::ClockSkew && times.is_some() {
            return Err(BadRule::Always);
        }
        Ok(Self { fault, value, at, times })
    }
}

fn split_end(text: &str, mark: char) -> (&str, Option<&str>) {
    text.rsplit_once(mark).map_or((text, None), |(before, after)| (before, Some(after)))
}

fn read_times(text: &str) -> Result<u32, BadRule> {
    text.parse().ok().filter(|times| *times > 0).ok_or_else(|| BadRule::Times(text.to_owned()))
}

impl TryFrom<String> for Rule {
    type Error = BadRule;

    fn try_from(text: String) -> Result<Self, BadRule> {
        text.parse()
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.fault)?;
        if let Some(value) = self.value {
            write!(formatter, "={value}")?;
        }
        if let Some(at) = self.at {
            write!(formatter, "@{at}")?;
        }
        self.times.map_or(Ok(()), |times| write!(formatter, ":{times}"))
    }
}

#[cfg(test)]
mod tests {
    use http::StatusCode;
    use jiff::SignedDuration;

    use super::*;

    #[test]
    fn every_rule_goes_there_and_back() {
        for fault in Fault::ALL {
            let value = Rule::always(*fault).value();
            let places = std::iter::once(None).chain(fault.strikes_at().iter().copied().map(Some));
            for at in places {
                for times in [None, Some(1), Some(12)] {
                    let times = times.filter(|_| *fault != Fault::ClockSkew);
                    for value in [None, value] {
                        let rule = Rule { fault: *fault, value, at, times };
                        assert_eq!(rule.to_string().parse(), Ok(rule), "{rule}");
                    }
                }
            }
        }
    }

    #[test]
    fn values_are_durations_numbers_and_statuses() {
        let value = |text: &str| text.parse::<Rule>().unwrap().value;
        assert_eq!(value("slow=2m@Slot.search"), Some(Value::Duration(SignedDuration::from_mins(2))));
        assert_eq!(value("clock-skew=-1h"), Some(Value::Duration(SignedDuration::from_hours(-1))));
        assert_eq!(value("refuses=429:2"), Some(Value::Status(StatusCode::TOO_MANY_REQUESTS)));
        assert_eq!(value("huge-bundle=7"), Some(Value::Count(7)));
    }

    #[test]
    fn a_rule_that_cannot_be_read_says_why() {
        for (text, why) in [
            ("slow=soon", r#"slow: "soon" is no duration: write 5s, 3m or -1h"#),
            ("hang=5s", "hang: it takes no value"),
            ("refuses=99", r#"refuses: "99" is no status: write a number from 200 to 599"#),
            ("hang:0", r#""0" is no number of times: write 1 or more behind the colon"#),
            (
                "keeps-time@Slot.search",
                "keeps-time does not strike Slot.search, only AppointmentResponse.create",
            ),
            ("clock-skew:1", "clock-skew holds for everything, so it takes no number of times"),
        ] {
            assert_eq!(text.parse::<Rule>().unwrap_err().to_string(), why);
        }
    }
}
