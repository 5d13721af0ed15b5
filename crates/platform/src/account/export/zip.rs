//! A zip archive without compression, written front to back (APPNOTE 6.3.10): what practices send is compressed already.

use bytes::Bytes;

/// Names are UTF-8.
const UTF8: u16 = 1 << 11;
/// 2.0 reads it.
const VERSION: u16 = 20;
/// 1 January 1980: when a file came to be stands in the JSON.
const DATE: u16 = 0x21;

/// An archive as far as it is written.
#[derive(Debug, Default)]
pub(super) struct Zip {
    /// How much was written.
    written: u32,
    entries: u16,
    directory: Vec<u8>,
}

impl Zip {
    /// The next piece: a file with this name. Names hold no path of anybody's but ours.
    ///
    /// # Errors
    /// When it does not fit in the format.
    pub(super) fn add(&mut self, name: &str, content: &[u8]) -> Result<Bytes, TooLarge> {
        let name = name.as_bytes();
        let length = u32::try_from(content.len()).map_err(|_| TooLarge)?;
        let name_length = u16::try_from(name.len()).map_err(|_| TooLarge)?;
        let mut about = Vec::with_capacity(26);
        for field in [VERSION, UTF8, 0, 0, DATE] {
            about.extend(field.to_le_bytes());
        }
        for field in [crc32(content), length, length] {
            about.extend(field.to_le_bytes());
        }
        about.extend(name_length.to_le_bytes());
        about.extend(0_u16.to_le_bytes());
        let piece = [b"PK\x03\x04", &*about, name, content].concat();
        let after = u32::try_from(piece.len()).ok().and_then(|length| self.written.checked_add(length));
        let after = after.ok_or(TooLarge)?;
        let entries = self.entries.checked_add(1).ok_or(TooLarge)?;
        self.directory.extend([b"PK\x01\x02", &VERSION.to_le_bytes()[..], &about, &[0; 10]].concat());
        self.directory.extend(self.written.to_le_bytes());
        self.directory.extend(name);
        (self.written, self.entries) = (after, entries);
        Ok(piece.into())
    }

    /// The last piece: where everything is.
    ///
    /// # Errors
    /// When it does not fit in the format.
    pub(super) fn end(self) -> Result<Bytes, TooLarge> {
        let mut end = self.directory;
        let length = u32::try_from(end.len()).map_err(|_| TooLarge)?;
        end.extend(b"PK\x05\x06\0\0\0\0");
        end.extend([self.entries.to_le_bytes(), self.entries.to_le_bytes()].concat());
        end.extend([length.to_le_bytes(), self.written.to_le_bytes()].concat());
        end.extend([0; 2]);
        Ok(end.into())
    }
}

/// The format can say no more than 4 GiB and 65,535 files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("what is kept of a patient does not fit in a zip: that has at most 4 GiB and 65,535 files")]
pub(crate) struct TooLarge;

/// CRC-32 of ISO 3309, as the format asks.
fn crc32(content: &[u8]) -> u32 {
    const TABLE: [u32; 256] = table();
    !content.iter().fold(!0, |crc, byte| TABLE[((crc ^ u32::from(*byte)) & 0xff) as usize] ^ (crc >> 8))
}

const fn table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let (mut crc, mut bit) = (byte as u32, 0);
        while bit < 8 {
            crc = if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 };
            bit += 1;
        }
        table[byte] = crc;
        byte += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_one_of_the_standard() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(crc32(b""), 0);
    }

    #[test]
    fn the_end_says_where_the_directory_is_and_the_directory_where_each_file_is() {
        let mut zip = Zip::default();
        let one = zip.add("a.txt", b"one").unwrap();
        let two = zip.add("map/\u{e9}.txt", b"").unwrap();
        let end = zip.end().unwrap();
        let all = [one.clone(), two.clone(), end.clone()].concat();
        assert!(one.ends_with(b"a.txtone") && one.starts_with(b"PK\x03\x04"));
        let at = |offset: usize| u32::from_le_bytes(all[offset..offset + 4].try_into().unwrap()) as usize;
        let tail = all.len() - 22;
        assert_eq!(&all[tail..tail + 4], b"PK\x05\x06");
        let directory = at(tail + 16);
        assert_eq!((directory, at(tail + 12)), (one.len() + two.len(), end.len() - 22));
        assert_eq!(&all[directory..directory + 4], b"PK\x01\x02");
        let second = directory + 46 + "a.txt".len();
        assert_eq!((at(directory + 42), at(second + 42)), (0, one.len()));
    }

    #[test]
    fn what_does_not_fit_is_refused_and_what_was_added_before_stands() {
        let mut zip = Zip { written: u32::MAX - 40, ..Zip::default() };
        assert!(zip.add("a", b"").is_ok(), "31 bytes");
        assert_eq!(zip.add("b", b""), Err(TooLarge));
        assert_eq!((zip.written, zip.entries, zip.directory.len()), (u32::MAX - 9, 1, 47));
        let mut zip = Zip { entries: u16::MAX, ..Zip::default() };
        assert_eq!(zip.add("a", b""), Err(TooLarge));
        assert_eq!(zip.add(&"a".repeat(0x1_0000), b""), Err(TooLarge));
        assert!(zip.directory.is_empty() && zip.end().is_ok());
    }
}
