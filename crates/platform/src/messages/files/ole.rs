//! Older Office files are small file systems (MS-CFB): the names in their root say what they are.

use super::{BadFile, number};

const MAGIC: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
/// Sectors of the table of sectors that the header itself names.
const NAMED_IN_HEADER: usize = 109;
const ENTRY_BYTES: usize = 128;
const ROOT: usize = 0;

/// Whether this is such a file with one of these streams in its root, and without a Visual Basic project.
pub(super) fn check(content: &[u8], streams: &[&str]) -> Result<(), BadFile> {
    let entries = File::open(content).and_then(|file| file.entries()).ok_or(BadFile::Differs)?;
    if !in_root(&entries).iter().any(|name| streams.contains(&name.as_str())) {
        return Err(BadFile::Differs);
    }
    let is_macro = |name: &str| matches!(name, "VBA" | "_VBA_PROJECT" | "_VBA_PROJECT_CUR");
    if entries.iter().any(|entry| is_macro(&entry.name)) { Err(BadFile::Macros) } else { Ok(()) }
}

struct File<'a> {
    content: &'a [u8],
    /// How long a sector is.
    sector: usize,
    /// The sectors that hold the table of which sector follows which.
    table: Vec<usize>,
}

/// A stream or folder, with its neighbours in the tree of its folder.
struct Entry {
    name: String,
    neighbours: [usize; 2],
    child: usize,
}

impl<'a> File<'a> {
    fn open(content: &'a [u8]) -> Option<Self> {
        let sector = match (content.starts_with(MAGIC), number::<2>(content, 30)?) {
            (true, 9) => 512,
            (true, 12) => 4096,
            _ => return None,
        };
        let mut file = Self { content, sector, table: Vec::new() };
        file.table = file.table()?;
        Some(file)
    }

    /// No chain is longer than the file has sectors.
    fn sectors(&self) -> usize {
        self.content.len() / self.sector
    }

    fn at(&self, sector: usize) -> Option<&'a [u8]> {
        self.content.get((sector.checked_add(1)?).checked_mul(self.sector)?..)?.get(..self.sector)
    }

    /// The header names the first sectors of the table, and the first of a chain that names the others.
    fn table(&self) -> Option<Vec<usize>> {
        let count = number::<4>(self.content, 44)?.min(self.sectors());
        let mut table: Vec<usize> = (0..count.min(NAMED_IN_HEADER))
            .map(|index| number::<4>(self.content, 76 + 4 * index))
            .collect::<Option<_>>()?;
        let mut next = number::<4>(self.content, 68)?;
        while table.len() < count {
            let (names, last) = self.at(next)?.split_at(self.sector - 4);
            let named = (0..names.len() / 4).map(|index| number::<4>(names, 4 * index));
            table.extend(named.take(count - table.len()).collect::<Option<Vec<_>>>()?);
            next = number::<4>(last, 0)?;
        }
        Some(table)
    }

    fn following(&self, sector: usize) -> Option<usize> {
        let numbers = self.sector / 4;
        number::<4>(self.at(*self.table.get(sector / numbers)?)?, 4 * (sector % numbers))
    }

    fn entries(&self) -> Option<Vec<Entry>> {
        let mut entries = Vec::new();
        let mut sector = number::<4>(self.content, 48)?;
        for _ in 0..self.sectors() {
            // The marks that end a chain are no sectors.
            let Some(bytes) = self.at(sector) else { break };
            entries.extend(bytes.chunks_exact(ENTRY_BYTES).map(entry).collect::<Option<Vec<_>>>()?);
            sector = self.following(sector)?;
        }
        Some(entries)
    }
}

fn entry(bytes: &[u8]) -> Option<Entry> {
    // With the zero that ends it.
    let letters = (number::<2>(bytes, 64)? / 2).saturating_sub(1).min(31);
    let units = bytes.chunks_exact(2).take(letters).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    let name = char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER));
    Some(Entry {
        name: name.collect(),
        neighbours: [number::<4>(bytes, 68)?, number::<4>(bytes, 72)?],
        child: number::<4>(bytes, 76)?,
    })
}

/// The names in the root folder, each visited once whatever the tree looks like.
fn in_root(entries: &[Entry]) -> Vec<String> {
    let mut unvisited: Vec<Option<&Entry>> = entries.iter().map(Some).collect();
    let mut names = Vec::new();
    let mut ahead: Vec<usize> = entries.get(ROOT).map(|root| root.child).into_iter().collect();
    while let Some(index) = ahead.pop() {
        if let Some(entry) = unvisited.get_mut(index).and_then(Option::take) {
            names.push(entry.name.clone());
            ahead.extend(entry.neighbours);
        }
    }
    names
}
