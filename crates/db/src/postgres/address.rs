//! Where a database is, and as whom and how we work on it.

use std::time::Duration;

use tokio_postgres::Config;

use crate::Error;

/// How long to wait for a server to take a connection.
const CONNECTING: Duration = Duration::from_secs(10);
/// A server that does not even confirm for so long that it got what we sent is taken for gone.
const SILENCE: Duration = Duration::from_secs(30);

/// Reads `postgres://USER:PASSWORD@HOST:PORT/NAME`.
pub(super) fn parse(url: &str) -> Result<Config, Error> {
    // Never the text itself: it may hold a password.
    let unreadable = |error: tokio_postgres::Error| Error::Address(format!("postgres:… ({error})"));
    let mut config: Config = url.parse().map_err(unreadable)?;
    if config.get_application_name().is_none() {
        config.application_name("balie");
    }
    config.connect_timeout(CONNECTING).tcp_user_timeout(SILENCE);
    // That something was not there and so was not removed, the driver would log as news.
    Ok(with_settings(&config, &[("client_min_messages", "warning")]))
}

/// The same with settings of the server's in force on each connection. Neither name nor value may hold a space.
pub(super) fn with_settings(config: &Config, settings: &[(&str, &str)]) -> Config {
    let mut options = config.get_options().unwrap_or_default().to_owned();
    for (name, value) in settings {
        options.push_str(&format!(" -c {name}={value}"));
    }
    let mut config = config.clone();
    config.options(options.trim_start());
    config
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_of_the_address_stay() {
        let config = parse("postgres://u@h/d?options=-c%20work_mem%3D8MB").unwrap();
        let config = with_settings(&config, &[("search_path", "here"), ("balie.scope", "migration")]);
        assert_eq!(
            config.get_options(),
            Some(
                "-c work_mem=8MB -c client_min_messages=warning -c search_path=here -c balie.scope=migration"
            )
        );
    }

    #[test]
    fn an_address_that_cannot_be_read_is_not_repeated() {
        let refusal = parse("postgres://u:Zwaluw@h:port/d").unwrap_err().to_string();
        assert!(!refusal.contains("Zwaluw"), "{refusal}");
    }
}
