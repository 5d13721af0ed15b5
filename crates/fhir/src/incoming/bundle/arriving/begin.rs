/// Finds where the list of a bundle's entries begins, however its bytes are cut. A list under a name that is written in
/// another way (`"\u0065ntry"`) is not found, and what is no JSON is not noticed: both are read later as they are.
#[derive(Debug, Default)]
pub(super) struct Begin {
    depth: usize,
    text: Option<Text>,
    before: Before,
}

/// A text that has begun.
#[derive(Debug, Default)]
struct Text {
    /// How many of its bytes are those of the name.
    matching: Option<usize>,
    is_escaped: bool,
}

/// What came last that can belong to the beginning.
#[derive(Debug, Default, PartialEq, Eq)]
enum Before {
    #[default]
    Other,
    Name,
    Colon,
}

const NAME: &[u8] = b"entry";

impl Begin {
    /// How many of the bytes that came next stand before the first entry, if it begins among them.
    pub(super) fn find(&mut self, came: &[u8]) -> Option<usize> {
        came.iter().position(|byte| self.is_opened_by(*byte)).map(|place| place + 1)
    }

    fn is_opened_by(&mut self, byte: u8) -> bool {
        if let Some(text) = &mut self.text {
            if text.is_ended_by(byte) {
                let is_name = text.matching == Some(NAME.len()) && self.depth == 1;
                self.before = if is_name { Before::Name } else { Before::Other };
                self.text = None;
            }
            return false;
        }
        self.before = match (byte, &self.before) {
            (b'[', Before::Colon) => return true,
            (b':', Before::Name) => Before::Colon,
            (b' ' | b'\n' | b'\r' | b'\t', _) => return false,
            _ => Before::Other,
        };
        match byte {
            b'"' => self.text = Some(Text { matching: Some(0), is_escaped: false }),
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        false
    }
}

impl Text {
    fn is_ended_by(&mut self, byte: u8) -> bool {
        if self.is_escaped {
            self.is_escaped = false;
        } else if byte == b'"' {
            return true;
        } else {
            self.is_escaped = byte == b'\\';
        }
        self.matching = self.matching.filter(|place| NAME.get(*place) == Some(&byte)).map(|place| place + 1);
        false
    }
}
