use agenda::Agb;
use db::{Tx, sql};
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use super::{Practice, read};
use crate::{Error, Store};

/// So many words are looked for one by one; the last of them goes on to the end of what was typed.
const WORDS: usize = 4;

impl Practice {
    /// By what patients find it, besides its code.
    pub(super) fn sought(&self) -> String {
        let settings = &self.settings;
        let about = [Some(self.name.as_str()), settings.city.as_deref(), settings.address.as_deref()];
        folded(&about.into_iter().flatten().collect::<Vec<_>>().join(" "))
    }
}

impl Store {
    /// The practices with this code, or with all these words in their name or place: at most `count`, by name. Capitals,
    /// accents and signs make no difference.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn practices_called(
        &self,
        tx: &mut Tx,
        words: &str,
        count: u32,
    ) -> Result<Vec<Practice>, Error> {
        let folded = folded(words);
        if folded.is_empty() {
            return Ok(Vec::new());
        }
        // Letters, digits and spaces: no pattern can be among them.
        let mut words = folded.splitn(WORDS, ' ').map(|word| format!("%{word}%"));
        let statement = (0..WORDS).fold(
            sql("select * from practice where agb = $1
                   or (sought like $2 and sought like $3 and sought like $4 and sought like $5)
                 order by name, agb limit $6")
            .bind(folded.as_str()),
            |statement, _| statement.bind(words.next().unwrap_or_else(|| "%".to_owned())),
        );
        statement.bind(count).all(tx, read).await?.into_iter().collect()
    }

    /// Writes by what they are found for the practices that were added before that was kept.
    pub(crate) async fn fill_sought(&self, tx: &mut Tx) -> Result<(), Error> {
        let found = sql("select * from practice where sought = ''").all(tx, read).await?;
        for practice in found {
            let practice = practice?;
            save_sought(tx, &practice.agb, practice.sought()).await?;
        }
        Ok(())
    }
}

async fn save_sought(tx: &mut Tx, agb: &Agb, sought: String) -> Result<(), Error> {
    sql("update practice set sought = $2 where agb = $1")
        .bind(agb.as_str())
        .bind(sought)
        .execute_later(tx)
        .await?;
    Ok(())
}

/// The words of a text in small letters, without accents and signs, with one space between them.
fn folded(text: &str) -> String {
    let plain: String = text.nfd().filter(|letter| !is_combining_mark(*letter)).collect();
    let words = plain.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_accents_and_signs_make_no_difference() {
        for (text, expected) in [
            ("Praktijk  De Linde, Utrecht", "praktijk de linde utrecht"),
            ("Één Curaçao", "een curacao"),
            ("'s-Hertogenbosch", "s hertogenbosch"),
            ("%_\\'", ""),
            ("01000001 ", "01000001"),
        ] {
            assert_eq!(folded(text), expected, "{text}");
        }
    }
}
