/// What a mail client says (RFC 5321, 4.1).
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Command {
    /// HELO: asks for no extensions.
    Helo,
    /// EHLO: asks which extensions there are.
    Ehlo,
    /// MAIL: a mail begins, perhaps of a size known beforehand.
    Mail { size_bytes: Option<usize> },
    /// RCPT: it is also for this address.
    Recipient(String),
    /// DATA: the mail itself follows.
    Data,
    /// RSET: forget the mail that began.
    Reset,
    /// NOOP: are you there?
    Noop,
    /// VRFY: does this address exist?
    Verify,
    /// QUIT: goodbye.
    Quit,
    /// A known word with something that does not belong behind it.
    Malformed,
    /// Anything else.
    Unknown,
}

impl Command {
    /// Reads one line without its line end.
    pub(super) fn read(line: &str) -> Self {
        let (word, rest) = line.trim_end().split_once(' ').unwrap_or((line.trim_end(), ""));
        match (word.to_ascii_uppercase().as_str(), rest.is_empty()) {
            ("HELO", false) => Self::Helo,
            ("EHLO", false) => Self::Ehlo,
            ("MAIL", _) => mail(rest).unwrap_or(Self::Malformed),
            ("RCPT", _) => recipient(rest).unwrap_or(Self::Malformed),
            ("DATA", true) => Self::Data,
            ("RSET", true) => Self::Reset,
            ("NOOP", _) => Self::Noop,
            ("VRFY", false) => Self::Verify,
            ("QUIT", true) => Self::Quit,
            ("HELO" | "EHLO" | "DATA" | "RSET" | "VRFY" | "QUIT", _) => Self::Malformed,
            _ => Self::Unknown,
        }
    }
}

/// `FROM:<address>` and parameters; the address may be empty, as it is of a bounce.
fn mail(rest: &str) -> Option<Command> {
    let (address, parameters) = path(rest, "FROM:")?;
    if !(address.is_empty() || is_address(address)) {
        return None;
    }
    let mut sizes = parameters.split(' ').filter_map(|parameter| value(parameter, "SIZE"));
    let size_bytes = match sizes.next() {
        Some(size) => Some(size.parse().ok()?),
        None => None,
    };
    Some(Command::Mail { size_bytes })
}

/// `TO:<address>`.
fn recipient(rest: &str) -> Option<Command> {
    let (address, _) = path(rest, "TO:")?;
    is_address(address).then(|| Command::Recipient(address.to_owned()))
}

/// The address between the angle brackets after the keyword, and what follows it.
fn path<'a>(rest: &'a str, keyword: &str) -> Option<(&'a str, &'a str)> {
    let (start, rest) = rest.split_at_checked(keyword.len())?;
    let (address, parameters) = rest.trim_start().strip_prefix('<')?.split_once('>')?;
    start.eq_ignore_ascii_case(keyword).then_some((address, parameters.trim()))
}

fn value<'a>(parameter: &'a str, name: &str) -> Option<&'a str> {
    let (found, value) = parameter.split_once('=')?;
    found.eq_ignore_ascii_case(name).then_some(value)
}

/// Good enough to write behind `Delivered-To:`. Whether the address exists is not this server's business.
fn is_address(address: &str) -> bool {
    let halves = address.rsplit_once('@');
    let has_both = halves.is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty());
    has_both
        && address.len() <= 320
        && !address.chars().any(|letter| letter.is_whitespace() || letter.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_what_they_mean() {
        let recipient = |address: &str| Command::Recipient(address.to_owned());
        for (line, expected) in [
            ("EHLO there", Command::Ehlo),
            ("helo there", Command::Helo),
            ("EHLO", Command::Malformed),
            ("MAIL FROM:<a@b.nl>", Command::Mail { size_bytes: None }),
            ("mail from:<> BODY=8BITMIME size=12", Command::Mail { size_bytes: Some(12) }),
            ("MAIL FROM:<a@b.nl> SIZE=much", Command::Malformed),
            ("MAIL FROM:a@b.nl", Command::Malformed),
            ("MAIL", Command::Malformed),
            ("RCPT TO:<jan@example.nl>", recipient("jan@example.nl")),
            ("RCPT TO: <jan@example.nl> NOTIFY=NEVER", recipient("jan@example.nl")),
            ("RCPT TO:<jan>", Command::Malformed),
            ("RCPT TO:<>", Command::Malformed),
            ("RCPT TO:<j an@example.nl>", Command::Malformed),
            ("RCPT TO:<a\u{7}@b.nl>", Command::Malformed),
            ("RCPT TØ<", Command::Malformed),
            ("DATA", Command::Data),
            ("DATA now", Command::Malformed),
            ("NOOP anything", Command::Noop),
            ("RSET", Command::Reset),
            ("QUIT ", Command::Quit),
            ("VRFY jan", Command::Verify),
            ("STARTTLS", Command::Unknown),
            ("GET / HTTP/1.1", Command::Unknown),
            ("", Command::Unknown),
        ] {
            assert_eq!(Command::read(line), expected, "{line}");
        }
    }
}
