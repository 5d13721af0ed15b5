use std::str::Utf8Error;

use serde::Deserialize;
use serde::de::Error as _;
use serde_json::Error;
use serde_json::value::RawValue;

use super::super::{Bundle, Skipped, read};
use super::Keep;
use super::ordinary::Ordinary;

/// The list of a bundle's entries, of which a part is here.
pub(super) struct Entries<P: Keep> {
    pub(super) keep: P,
    pub(super) bundle: Bundle<P::Kept>,
    /// How many were read.
    pub(super) count: usize,
    next: Next,
    /// Of an entry, as far as it is here.
    part: Vec<u8>,
    /// An entry is looked at again when so much of it is here: twice what was not enough, so that a large one costs no
    /// more than a few small ones.
    enough: usize,
}

/// What became of what came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    All,
    /// The list has ended within it.
    Ended,
    /// It is no JSON.
    Broken,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    FirstOrEnd,
    CommaOrEnd,
    Entry,
}

impl<P: Keep> Entries<P> {
    pub(super) fn new(keep: P) -> Self {
        let (bundle, part) = (Bundle::default(), Vec::new());
        Self { keep, bundle, count: 0, next: Next::FirstOrEnd, part, enough: 0 }
    }

    /// Reads what came. From the end of the list on it goes to the `rest`.
    ///
    /// To an entry of which a part is here, only as much is copied as is worth another look.
    pub(super) fn take(&mut self, mut came: &[u8], rest: &mut Vec<u8>) -> Taken {
        while !self.part.is_empty() {
            let mut part = std::mem::take(&mut self.part);
            let (more, after) = came.split_at(came.len().min(self.enough - part.len()));
            part.extend_from_slice(more);
            if part.len() < self.enough {
                self.part = part;
                return Taken::All;
            }
            let (read, taken) = self.take_whole(&part);
            let unread = part.len() - read;
            if taken == Taken::All && unread <= more.len() {
                came = &came[more.len() - unread..];
                break;
            }
            rest_after(taken, &[&part[read..], after], rest);
            if taken != Taken::All {
                return taken;
            }
            self.wait_with(part.split_off(read));
            came = after;
        }
        let (read, taken) = self.take_whole(came);
        rest_after(taken, &[&came[read..]], rest);
        if taken == Taken::All {
            self.wait_with(came[read..].to_vec());
        }
        taken
    }

    /// Reads what was waited with: no more will come.
    pub(super) fn take_last(&mut self, rest: &mut Vec<u8>) -> Taken {
        let part = std::mem::take(&mut self.part);
        let (read, taken) = self.take_whole(&part);
        rest_after(taken, &[&part[read..]], rest);
        taken
    }

    fn wait_with(&mut self, part: Vec<u8>) {
        self.enough = 2 * part.len();
        self.part = part;
    }

    /// Reads the entries that are whole, and says how far it came.
    fn take_whole(&mut self, json: &[u8]) -> (usize, Taken) {
        // A letter of several bytes may be cut.
        let (text, is_text) = match str::from_utf8(json) {
            Ok(text) => (text, true),
            Err(error) => (valid(json, error), error.error_len().is_none()),
        };
        match self.take_text(text) {
            (_, Taken::All) if !is_text => (0, Taken::Broken),
            taken => taken,
        }
    }

    fn take_text(&mut self, json: &str) -> (usize, Taken) {
        let mut left = json;
        loop {
            left = left.trim_start_matches(SPACE);
            let read = json.len() - left.len();
            match (self.next, left.bytes().next()) {
                (_, None) => return (read, Taken::All),
                (Next::FirstOrEnd | Next::CommaOrEnd, Some(b']')) => return (read, Taken::Ended),
                (Next::CommaOrEnd, Some(b',')) => {
                    self.next = Next::Entry;
                    left = &left[1..];
                }
                (Next::CommaOrEnd, _) => return (read, Taken::Broken),
                (Next::FirstOrEnd | Next::Entry, _) if may_go_on(left) => return (read, Taken::All),
                (Next::FirstOrEnd | Next::Entry, _) => match self.take_entry(left) {
                    Ok(length) => left = &left[length..],
                    Err(error) if error.is_eof() => return (read, Taken::All),
                    Err(_) => return (read, Taken::Broken),
                },
            }
        }
    }

    /// Reads the entry with which `json` begins; how long it is. What is JSON is an entry, if not a good one.
    fn take_entry(&mut self, json: &str) -> Result<usize, Error> {
        let length = match first::<Ordinary<P::Wire<'_>>>(json) {
            Ok((entry, length)) => {
                self.bundle.take(self.keep.keep(entry.into_resource()));
                length
            }
            Err(error) if error.is_eof() => return Err(error),
            Err(_) => self.take_odd_entry(json)?,
        };
        self.count += 1;
        self.next = Next::CommaOrEnd;
        Ok(length)
    }

    fn take_odd_entry(&mut self, json: &str) -> Result<usize, Error> {
        let (entry, length) = first::<&RawValue>(json)?;
        match read(entry) {
            Ok(Some(resource)) => self.bundle.take(self.keep.keep(resource)),
            Ok(None) => {}
            Err(problem) => self.bundle.skipped.push(Skipped { index: self.count, problem }),
        }
        Ok(length)
    }
}

fn rest_after(taken: Taken, left: &[&[u8]], rest: &mut Vec<u8>) {
    if taken == Taken::Ended {
        left.iter().for_each(|left| rest.extend_from_slice(left));
    }
}

const SPACE: [char; 4] = [' ', '\t', '\r', '\n'];

/// What can be read of it.
fn valid(json: &[u8], error: Utf8Error) -> &str {
    str::from_utf8(&json[..error.valid_up_to()]).unwrap_or_default()
}

/// Whether this is the beginning of a number or a word, which tell by what comes after them that they have ended.
fn may_go_on(json: &str) -> bool {
    let ends_it = |letter| SPACE.contains(&letter) || matches!(letter, ',' | ']');
    !json.starts_with(['{', '[', '"']) && !json.contains(ends_it)
}

/// The value with which `json` begins, and how long it is.
fn first<'a, T: Deserialize<'a>>(json: &'a str) -> Result<(T, usize), Error> {
    let mut values = serde_json::Deserializer::from_str(json).into_iter::<T>();
    let value = values.next().unwrap_or_else(|| Err(Error::custom("there is none")))?;
    Ok((value, values.byte_offset()))
}
