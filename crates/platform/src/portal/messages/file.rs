use store::{AttachmentLabel, Language, MessageId};

use crate::{messages::files::FileType, words::say};

/// A larger picture is not fetched before the patient asks for it: the page is read on a phone.
const MOST_PREVIEWED: usize = 500_000;

/// A file that came with a message, as its patient reads of it.
#[derive(Debug)]
pub(super) struct File {
    /// Where it is.
    pub(super) link: String,
    pub(super) name: String,
    /// "PDF, 120 kB".
    pub(super) about: String,
    /// Whether it can be looked at here.
    pub(super) is_shown: bool,
    /// Whether it is seen on the page at once.
    pub(super) is_previewed: bool,
}

impl File {
    pub(super) fn of(message: MessageId, label: AttachmentLabel, language: Language) -> Self {
        let file_type = FileType::of(&label.media_type);
        let kind = match file_type {
            Some(FileType::Pdf) => "message-file-pdf",
            Some(FileType::Jpeg | FileType::Png) => "message-file-image",
            Some(FileType::Doc | FileType::Docx) => "message-file-word",
            Some(FileType::Xls | FileType::Xlsx) => "message-file-excel",
            None => "message-file-other",
        };
        let about = format!("{}, {}", say(language, kind, &[]), size(language, label.bytes));
        let is_small = label.bytes <= MOST_PREVIEWED;
        Self {
            link: format!("/messages/{message}/attachments/{}", label.number),
            name: label.name,
            about,
            is_shown: file_type.is_some_and(FileType::is_shown),
            is_previewed: is_small && file_type.is_some_and(FileType::is_picture),
        }
    }
}

/// In the unit that people know, rounded up: "1 kB", "1,5 MB".
fn size(language: Language, bytes: usize) -> String {
    let kilobytes = bytes.div_ceil(1000).max(1);
    if kilobytes < 1000 {
        return format!("{kilobytes} kB");
    }
    let tenths = bytes.div_ceil(100_000);
    match tenths % 10 {
        0 => format!("{} MB", tenths / 10),
        rest => format!("{}{}{rest} MB", tenths / 10, say(language, "number-decimal-mark", &[])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_said_in_the_unit_that_fits() {
        for (bytes, dutch, english) in [
            (0, "1 kB", "1 kB"),
            (1_001, "2 kB", "2 kB"),
            (999_000, "999 kB", "999 kB"),
            (999_001, "1 MB", "1 MB"),
            (1_450_000, "1,5 MB", "1.5 MB"),
            (15_000_000, "15 MB", "15 MB"),
        ] {
            assert_eq!((&*size(Language::Dutch, bytes), &*size(Language::English, bytes)), (dutch, english));
        }
    }
}
