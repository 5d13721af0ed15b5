use super::command::Command;

/// The largest mail that is taken.
pub(super) const MESSAGE_BYTES: usize = 10 * 1024 * 1024;
/// A mail may have this many recipients (RFC 5321, 4.5.3.1.8).
const RECIPIENTS: usize = 100;
/// A client that says so many things wrong is not a mail client.
const MISTAKES: usize = 20;

/// Where one connection stands: who greeted, what mail has begun. Knows the order of things, touches no wire.
#[derive(Default)]
pub(super) struct Conversation {
    greeted: bool,
    /// The recipients of the mail that has begun.
    recipients: Option<Vec<String>>,
    mistakes: usize,
}

/// What comes next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Answer this.
    Say(&'static str),
    /// Answer this and read a mail for these recipients.
    Take(&'static str, Vec<String>),
    /// Answer this and hang up.
    Leave(&'static str),
}

impl Conversation {
    pub(super) fn step(&mut self, command: Command) -> Step {
        match command {
            Command::Helo => self.greet("250 balie demo"),
            Command::Ehlo => self.greet(EXTENSIONS),
            Command::Mail { size_bytes } => self.begin(size_bytes),
            Command::Recipient(address) => self.add(address),
            Command::Data => self.take(),
            Command::Reset => {
                self.recipients = None;
                Step::Say(OK)
            }
            Command::Noop => Step::Say(OK),
            Command::Verify => Step::Say("252 send it and see"),
            Command::Quit => Step::Leave("221 bye"),
            Command::Malformed => self.mistake("501 that is not how this command is written"),
            Command::Unknown => self.mistake("500 this command is not known here"),
        }
    }

    /// A line that is no command.
    pub(super) fn too_long(&mut self) -> Step {
        self.mistake("500 the line is too long")
    }

    fn greet(&mut self, answer: &'static str) -> Step {
        self.greeted = true;
        self.recipients = None;
        Step::Say(answer)
    }

    fn begin(&mut self, size_bytes: Option<usize>) -> Step {
        if !self.greeted || self.recipients.is_some() {
            return self.mistake(OUT_OF_ORDER);
        }
        if size_bytes.is_some_and(|size| size > MESSAGE_BYTES) {
            return Step::Say(TOO_LARGE);
        }
        self.recipients = Some(Vec::new());
        Step::Say(OK)
    }

    fn add(&mut self, address: String) -> Step {
        match &mut self.recipients {
            None => self.mistake(OUT_OF_ORDER),
            Some(recipients) if recipients.len() >= RECIPIENTS => Step::Say("452 too many recipients"),
            Some(recipients) => {
                recipients.push(address);
                Step::Say(OK)
            }
        }
    }

    fn take(&mut self) -> Step {
        match self.recipients.take() {
            Some(recipients) if !recipients.is_empty() => {
                Step::Take("354 end with a line of one dot", recipients)
            }
            without => {
                self.recipients = without;
                self.mistake(OUT_OF_ORDER)
            }
        }
    }

    fn mistake(&mut self, answer: &'static str) -> Step {
        self.mistakes += 1;
        if self.mistakes < MISTAKES { Step::Say(answer) } else { Step::Leave("421 too many mistakes") }
    }
}

pub(super) const OK: &str = "250 ok";
pub(super) const TOO_LARGE: &str = "552 the mail is larger than 10 MiB";
const OUT_OF_ORDER: &str = "503 not in this order";
/// The size is [`MESSAGE_BYTES`].
const EXTENSIONS: &str =
    "250-balie demo\r\n250-SIZE 10485760\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 PIPELINING";

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(lines: &[&str]) -> Vec<String> {
        let mut conversation = Conversation::default();
        let answer = |line: &&str| match conversation.step(Command::read(line)) {
            Step::Say(text) | Step::Take(text, _) | Step::Leave(text) => text[..3].to_owned(),
        };
        lines.iter().map(answer).collect()
    }

    #[test]
    fn a_mail_is_begun_addressed_and_sent_in_that_order() {
        let (from, to) = ("MAIL FROM:<a@b.nl>", "RCPT TO:<c@d.nl>");
        for (lines, expected) in [
            (
                &["EHLO x", from, to, to, "DATA", from, "QUIT"][..],
                &["250", "250", "250", "250", "354", "250", "221"][..],
            ),
            (&[from], &["503"]),
            (&["EHLO x", to, "DATA"], &["250", "503", "503"]),
            (&["EHLO x", from, from], &["250", "250", "503"]),
            (&["EHLO x", from, "DATA", to, "DATA"], &["250", "250", "503", "250", "354"]),
            (&["EHLO x", from, to, "RSET", "DATA"], &["250", "250", "250", "250", "503"]),
            (&["EHLO x", from, to, "EHLO x", "DATA"], &["250", "250", "250", "250", "503"]),
            (&["EHLO x", "MAIL FROM:<a@b.nl> SIZE=10485761", to], &["250", "552", "503"]),
            (&["EHLO x", "MAIL FROM:<a@b.nl> SIZE=10485760", to], &["250", "250", "250"]),
        ] {
            assert_eq!(answers(lines), expected, "{lines:?}");
        }
    }

    #[test]
    fn too_many_recipients_and_too_many_mistakes() {
        let mut lines = vec!["EHLO x", "MAIL FROM:<>"];
        lines.extend(["RCPT TO:<a@b.nl>"; 101]);
        lines.extend(["HACK"; 20]);
        let answers = answers(&lines);
        assert_eq!(answers[101..103], ["250", "452"]);
        assert_eq!(answers[121..], ["500", "421"]);
    }

    #[test]
    fn the_size_that_is_promised_is_the_size_that_is_kept() {
        assert!(EXTENSIONS.contains(&format!("SIZE {MESSAGE_BYTES}")));
    }
}
