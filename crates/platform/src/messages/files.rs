//! Which files a practice may send along: the contract's types, told by what is in them and not by what they say.
//!
//! Nothing is unpacked and nothing is run: of a document only the list of its parts is read. A document whose list
//! names macros is refused; macros that hide elsewhere, and viruses, are not looked for.

mod name;
mod ole;
mod zip;

pub(crate) use name::safe_name;

/// A type of file that may be sent along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileType {
    Pdf,
    Jpeg,
    Png,
    Doc,
    Docx,
    Xls,
    Xlsx,
}

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BadFile {
    #[error("the file is empty")]
    Empty,
    #[error("the file is not of the type that contentType says")]
    Differs,
    #[error("the file holds macros")]
    Macros,
}

impl FileType {
    pub(crate) const ALL: [Self; 7] =
        [Self::Pdf, Self::Jpeg, Self::Png, Self::Doc, Self::Docx, Self::Xls, Self::Xlsx];

    /// What a browser shows by itself, without running anything that is in it.
    const SHOWN: [Self; 3] = [Self::Pdf, Self::Jpeg, Self::Png];

    /// Which type that a browser can show this content is of, whatever was said of it.
    pub(crate) fn to_show(content: &[u8]) -> Option<Self> {
        Self::SHOWN.into_iter().find(|one| one.check(content).is_ok())
    }

    /// Whether a browser can show files of this type.
    pub(crate) fn is_shown(self) -> bool {
        Self::SHOWN.contains(&self)
    }

    pub(crate) fn is_picture(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png)
    }

    /// The type with this media type; parameters and case do not matter.
    pub(crate) fn of(media_type: &str) -> Option<Self> {
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        Self::ALL.into_iter().find(|one| one.media_type().eq_ignore_ascii_case(essence))
    }

    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Doc => "application/msword",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xls => "application/vnd.ms-excel",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    /// How the names of such files end, the usual one first.
    pub(crate) fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Png => &["png"],
            Self::Doc => &["doc"],
            Self::Docx => &["docx"],
            Self::Xls => &["xls"],
            Self::Xlsx => &["xlsx"],
        }
    }

    /// Whether a file with this content is of this type.
    ///
    /// # Errors
    /// Why it is not taken.
    pub(crate) fn check(self, content: &[u8]) -> Result<(), BadFile> {
        if content.is_empty() {
            return Err(BadFile::Empty);
        }
        match self {
            Self::Pdf => begins(content, b"%PDF-"),
            Self::Jpeg => begins(content, b"\xFF\xD8\xFF"),
            Self::Png => begins(content, b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR"),
            Self::Doc => ole::check(content, &["WordDocument"]),
            Self::Xls => ole::check(content, &["Workbook", "Book"]),
            Self::Docx => zip::check(content, b"word/", b"xl/"),
            Self::Xlsx => zip::check(content, b"xl/", b"word/"),
        }
    }
}

fn begins(content: &[u8], magic: &[u8]) -> Result<(), BadFile> {
    if content.starts_with(magic) { Ok(()) } else { Err(BadFile::Differs) }
}

/// The number that stands in `bytes` at `at`, little end first.
fn number<const BYTES: usize>(bytes: &[u8], at: usize) -> Option<usize> {
    let field: &[u8; BYTES] = bytes.get(at..)?.first_chunk()?;
    field.iter().rev().try_fold(0_usize, |number, byte| number.checked_mul(256)?.checked_add((*byte).into()))
}

#[cfg(test)]
mod tests;
