//! The smallest files that are what they say, of each type that may come with a message.

/// A PDF of this many bytes.
#[must_use]
pub fn pdf(bytes: usize) -> Vec<u8> {
    let mut pdf = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj trailer<</Root 1 0 R>>\n%%EOF\n".to_vec();
    pdf.resize(bytes.max(pdf.len()), b'\n');
    pdf
}

/// The beginning of a PNG.
#[must_use]
pub fn png() -> Vec<u8> {
    b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\x3A\x7E\x9B\x55".to_vec()
}

/// The beginning of a JPEG.
#[must_use]
pub fn jpeg() -> Vec<u8> {
    b"\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xFF\xD9".to_vec()
}

/// A document of Word.
#[must_use]
pub fn docx() -> Vec<u8> {
    archive(&["[Content_Types].xml", "_rels/.rels", "word/document.xml"])
}

/// A workbook of Excel.
#[must_use]
pub fn xlsx() -> Vec<u8> {
    archive(&["[Content_Types].xml", "xl/workbook.xml"])
}

/// A document of Word before 2007.
#[must_use]
pub fn doc() -> Vec<u8> {
    compound(&["1Table", "WordDocument", "\u{5}SummaryInformation"])
}

/// A workbook of Excel before 2007.
#[must_use]
pub fn xls() -> Vec<u8> {
    compound(&["Workbook"])
}

/// A zip archive of empty files.
#[must_use]
pub fn archive(names: &[&str]) -> Vec<u8> {
    let (mut archive, mut list) = (Vec::new(), Vec::new());
    for name in names {
        let length = (u16::try_from(name.len()).unwrap()).to_le_bytes();
        // Version, flags, method, time, date; then checksum and two sizes, all of nothing.
        let about = [&[20, 0, 0, 0, 0, 0, 0, 0, 0, 0][..], &[0; 12], &length].concat();
        let at = u32::try_from(archive.len()).unwrap().to_le_bytes();
        archive.extend([b"PK\x03\x04", &*about, &[0; 2], name.as_bytes()].concat());
        list.extend([b"PK\x01\x02", &[20, 0][..], &about, &[0; 12], &at, name.as_bytes()].concat());
    }
    let count = u16::try_from(names.len()).unwrap().to_le_bytes();
    let [size, start] =
        [list.len(), archive.len()].map(|number| u32::try_from(number).unwrap().to_le_bytes());
    let end = [b"PK\x05\x06", &[0; 4][..], &count, &count, &size, &start, &[0; 2]].concat();
    [archive, list, end].concat()
}

/// A compound file (MS-CFB) with these streams in its root, each empty: a header, the table of sectors and the
/// sectors of the directory.
#[must_use]
pub fn compound(streams: &[&str]) -> Vec<u8> {
    const END: u32 = 0xFFFF_FFFE;
    const NONE: u32 = 0xFFFF_FFFF;
    let names: Vec<&str> = ["Root Entry"].into_iter().chain(streams.iter().copied()).collect();
    let last = u32::try_from(names.len().div_ceil(4)).unwrap();
    let mut header = [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", &[0; 16][..]].concat();
    header.extend([0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
    header.resize(44, 0);
    // One table, then where the directory begins; no small streams, no further tables.
    for field in [1, 1, 0, 4096, END, 0, END, 0, 0] {
        header.extend(u32::to_le_bytes(field));
    }
    header.resize(512, 0xFF);
    let mut table: Vec<u8> = 0xFFFF_FFFD_u32.to_le_bytes().to_vec();
    table.extend((1..=last).flat_map(|sector| if sector == last { END } else { sector + 1 }.to_le_bytes()));
    table.resize(512, 0xFF);
    let mut directory = Vec::new();
    for (index, name) in (0_u32..).zip(&names) {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = u16::try_from(entry.len() + 2).unwrap();
        entry.resize(64, 0);
        entry.extend(length.to_le_bytes());
        entry.extend([if index == 0 { 5 } else { 2 }, 1]);
        let next = if index > 0 && index as usize + 1 < names.len() { index + 1 } else { NONE };
        let child = if index == 0 && names.len() > 1 { 1 } else { NONE };
        entry.extend([NONE, next, child].into_iter().flat_map(u32::to_le_bytes));
        entry.resize(128, 0);
        directory.extend(entry);
    }
    directory.resize(512 * last as usize, 0);
    [header, table, directory].concat()
}
