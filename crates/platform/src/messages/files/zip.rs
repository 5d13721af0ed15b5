//! Office files of today are zip archives: their list of names says what they are.

use super::{BadFile, number};

const LOCAL: &[u8] = b"PK\x03\x04";
const CENTRAL: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";
/// The end of the list without its comment.
const END_BYTES: usize = 22;
/// A name in the list without its texts.
const ENTRY_BYTES: usize = 46;

/// Whether this is an Office file with parts below `folder` and none below `other`, and without macros.
pub(super) fn check(content: &[u8], folder: &[u8], other: &[u8]) -> Result<(), BadFile> {
    let names = names(content).ok_or(BadFile::Differs)?;
    let has = |below: &[u8]| names.iter().any(|name| name.starts_with(below));
    if !names.contains(&b"[Content_Types].xml".as_slice()) || !has(folder) || has(other) {
        return Err(BadFile::Differs);
    }
    if names.iter().any(|name| is_macro(name)) { Err(BadFile::Macros) } else { Ok(()) }
}

/// A Visual Basic project, or a sheet of Excel 4 macros.
fn is_macro(name: &[u8]) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with(b"vbaproject.bin") || name.starts_with(b"xl/macrosheets/")
}

/// The names in the archive; nothing where it is not one from its first byte to its last.
fn names(content: &[u8]) -> Option<Vec<&[u8]>> {
    if !content.starts_with(LOCAL) {
        return None;
    }
    let end = end(content)?;
    let count = number::<2>(content, end + 10)?;
    let (size, start) = (number::<4>(content, end + 12)?, number::<4>(content, end + 16)?);
    // What does not fit these fields (Zip64) does not fit a message either.
    let list = content.get(start..start.checked_add(size)?).filter(|_| start + size <= end)?;
    let mut names = Vec::new();
    let mut at = 0;
    while at < list.len() {
        let (name, length) = entry(content, list, at)?;
        names.push(name);
        at += length;
    }
    (names.len() == count).then_some(names)
}

/// Where the end of the list stands: a comment may follow it, and nothing else.
fn end(content: &[u8]) -> Option<usize> {
    let last = content.len().checked_sub(END_BYTES)?;
    (last.saturating_sub(usize::from(u16::MAX))..=last).rev().find(|at| {
        content[*at..].starts_with(END)
            && number::<2>(content, at + 20).is_some_and(|comment| at + END_BYTES + comment == content.len())
    })
}

/// The name at this place of the list, and how far the next is.
fn entry<'a>(content: &[u8], list: &'a [u8], at: usize) -> Option<(&'a [u8], usize)> {
    list.get(at..)?.starts_with(CENTRAL).then_some(())?;
    let length = |field| number::<2>(list, at + field);
    let name = list.get(at + ENTRY_BYTES..)?.get(..length(28)?)?;
    content.get(number::<4>(list, at + 42)?..)?.starts_with(LOCAL).then_some(())?;
    Some((name, ENTRY_BYTES + name.len() + length(30)? + length(32)?))
}
