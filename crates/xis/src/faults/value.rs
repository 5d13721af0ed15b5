use std::{fmt, time::Duration};

use http::StatusCode;
use jiff::SignedDuration;

/// What can stand behind a fault's name, and what it is without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Nothing.
    Nothing,
    /// A duration, such as `5s` or `-1h 30m`.
    Duration(Duration),
    /// A status code of HTTP.
    Status(StatusCode),
    /// A number.
    Count(usize),
}

/// What stands behind a fault's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// A duration, negative where that makes sense.
    Duration(SignedDuration),
    /// A status code.
    Status(StatusCode),
    /// A number.
    Count(usize),
}

/// The value of a fault cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadValue {
    /// It takes none.
    #[error("it takes no value")]
    Nothing,
    /// It is no duration.
    #[error("{0:?} is no duration: write 5s, 3m or -1h")]
    Duration(String),
    /// It is no status.
    #[error("{0:?} is no status: write a number from 200 to 599")]
    Status(String),
    /// It is no number.
    #[error("{0:?} is no number")]
    Count(String),
}

impl Takes {
    /// # Errors
    /// When the text is something else.
    pub(super) fn read(self, text: &str) -> Result<Value, BadValue> {
        match self {
            Self::Nothing => Err(BadValue::Nothing),
            Self::Duration(_) => {
                text.parse().map(Value::Duration).map_err(|_| BadValue::Duration(text.into()))
            }
            Self::Status(_) => {
                let status =
                    text.parse::<StatusCode>().ok().filter(|status| (200..600).contains(&status.as_u16()));
                status.map(Value::Status).ok_or_else(|| BadValue::Status(text.into()))
            }
            Self::Count(_) => text.parse().map(Value::Count).map_err(|_| BadValue::Count(text.into())),
        }
    }

    /// How its value is written in a list of the faults.
    pub(super) fn placeholder(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Duration(_) => "[=DURATION]",
            Self::Status(_) => "[=STATUS]",
            Self::Count(_) => "[=NUMBER]",
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Duration(duration) => write!(formatter, "{duration:#}"),
            Self::Status(status) => write!(formatter, "{}", status.as_u16()),
            Self::Count(count) => write!(formatter, "{count}"),
        }
    }
}
