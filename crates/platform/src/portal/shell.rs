use agenda::Agb;
use store::{Language, Practice, Pulse};
use url::form_urlencoded;

use super::{spoken::Reading, statics};
use crate::{
    auth::session::Lasting,
    words::{self, say},
};

/// What surrounds every page: whose it is, where one can go, and in which language.
#[derive(Debug, Clone)]
pub(super) struct Shell {
    pub(super) language: Language,
    /// The practice that the page is about; none where it is about none, or more than one.
    pub(super) practice: Option<Face>,
    /// How many appointments have news, for a patient who is logged in.
    pub(super) news: Option<u32>,
    /// How many messages the patient has not opened.
    pub(super) unread: u32,
    /// Differs when what the patient is shown is out of date.
    pub(super) mark: String,
    /// Which entry of the menu this page is.
    pub(super) here: Here,
    /// The page to come back to after a choice of language.
    pub(super) place: String,
    /// A form whose text must not be lost on leaving the page: leaving is done by sending it.
    pub(super) keeps: Option<&'static str>,
    /// Whether what is sent by that form is kept when the session has ended meanwhile.
    pub(super) outlasts: bool,
    /// How long the patient stays logged in.
    pub(super) lasting: Option<Lasting>,
}

/// What a patient reads of a practice.
#[derive(Debug, Clone)]
pub(crate) struct Face {
    pub(super) agb: Agb,
    pub(super) name: String,
    pub(super) city: Option<String>,
    pub(super) address: Option<String>,
    pub(super) phone: Option<Phone>,
    /// What its logo shows, where it has one.
    pub(super) logo: Option<String>,
}

/// A number to read and to tap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phone {
    pub(super) shown: String,
    /// `tel:` and the digits.
    pub(super) link: String,
}

/// The entries of the menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Here {
    Appointments,
    Messages,
    /// One message: it does not change while it is open.
    Message,
    Booking,
    Preferences,
    Elsewhere,
}

impl Shell {
    /// Around a page that needs to know nothing.
    pub(super) fn of(reading: Reading) -> Self {
        Self {
            language: reading.language,
            practice: None,
            news: reading.logged_in.then_some(0),
            unread: 0,
            mark: String::new(),
            here: Here::Elsewhere,
            place: reading.place,
            keeps: None,
            outlasts: false,
            lasting: reading.lasting,
        }
    }

    /// For a patient who is logged in.
    pub(super) fn of_patient(reading: Reading, pulse: &Pulse, here: Here) -> Self {
        let (news, unread) = (Some(pulse.unseen), pulse.unread);
        Self { news, unread, mark: pulse.mark.clone(), here, ..Self::of(reading) }
    }

    /// With this practice in context.
    pub(super) fn at(self, practice: &Practice) -> Self {
        Self { practice: Some(Face::of(practice)), ..self }
    }

    pub(super) fn say(&self, key: &str) -> String {
        say(self.language, key, &[])
    }

    pub(super) fn is_right_to_left(&self) -> bool {
        words::is_right_to_left(self.language)
    }

    /// The languages to choose from, but for the one of this page.
    pub(super) fn others(&self) -> Vec<Tongue> {
        words::languages().filter(|one| *one != self.language).map(Tongue::of).collect()
    }

    /// The address of a file that pages load.
    pub(super) fn file(&self, name: &str) -> String {
        statics::address(name)
    }

    /// What pages are called after.
    pub(super) fn brand(&self) -> &str {
        self.practice.as_ref().map_or("Balie", |practice| &practice.name)
    }

    /// The logo of the practice, where it has one.
    pub(super) fn logo(&self) -> Option<Logo<'_>> {
        let practice = self.practice.as_ref()?;
        Some(Logo { practice: &practice.agb, text: practice.logo.as_deref()? })
    }

    /// How many have news, where that is more than none.
    pub(super) fn count(&self) -> Option<Count> {
        let news = self.news.filter(|news| *news > 0)?;
        Some(Count { number: news, said: say(self.language, "shell-count", &[("news", news.into())]) })
    }

    /// How many messages are new, where that is more than none.
    pub(super) fn unread_count(&self) -> Option<Count> {
        let unread = Some(self.unread).filter(|unread| *unread > 0)?;
        Some(Count { number: unread, said: self.say_unread("shell-messages-count") })
    }

    /// A text with a place for how many messages are new.
    pub(super) fn say_unread(&self, key: &str) -> String {
        say(self.language, key, &[("unread", self.unread.into())])
    }

    pub(super) fn is_at_messages(&self) -> bool {
        matches!(self.here, Here::Messages | Here::Message)
    }

    pub(super) fn is_at_appointments(&self) -> bool {
        self.here == Here::Appointments
    }

    /// Whether the page shows what may change while it is open.
    pub(super) fn is_live(&self) -> bool {
        self.news.is_some() && matches!(self.here, Here::Appointments | Here::Messages)
    }

    pub(super) fn is_at_preferences(&self) -> bool {
        self.here == Here::Preferences
    }

    pub(super) fn is_booking(&self) -> bool {
        self.here == Here::Booking
    }
}

/// A language to choose.
pub(super) struct Tongue {
    pub(super) code: String,
    /// In its own words, for who reads no other.
    pub(super) name: String,
}

impl Tongue {
    fn of(language: Language) -> Self {
        let name = say(language, "language-name", &[]);
        Self { code: language.to_string(), name }
    }
}

/// A picture beside the practice's name.
pub(super) struct Logo<'a> {
    pub(super) practice: &'a Agb,
    /// What it shows, in words.
    pub(super) text: &'a str,
}

/// The count beside an entry of the menu.
pub(super) struct Count {
    pub(super) number: u32,
    pub(super) said: String,
}

impl Face {
    pub(super) fn of(practice: &Practice) -> Self {
        let settings = &practice.settings;
        Self {
            agb: practice.agb.clone(),
            name: practice.name.clone(),
            city: settings.city.clone(),
            address: settings.address.clone(),
            phone: settings.phone.as_deref().map(Phone::of),
            logo: settings.logo_text.clone(),
        }
    }

    /// "Utrecht · 030 123 45 67", as far as it is known.
    pub(super) fn line(&self) -> Option<String> {
        let phone = self.phone.as_ref().map(|phone| phone.shown.as_str());
        joined([self.city.as_deref(), phone], " · ")
    }

    /// "Lindelaan 4, Utrecht", as far as it is known.
    pub(super) fn place(&self) -> Option<String> {
        joined([self.address.as_deref(), self.city.as_deref()], ", ")
    }

    /// Its place on a map, where the street is known: somebody else's page, of which nothing is fetched before a patient
    /// goes there.
    pub(super) fn map(&self) -> Option<String> {
        let place = self.address.as_ref().and(self.place())?;
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("query", &place).finish();
        Some(format!("https://www.openstreetmap.org/search?{query}"))
    }
}

fn joined(parts: [Option<&str>; 2], with: &str) -> Option<String> {
    let parts: Vec<&str> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(with))
}

impl Phone {
    fn of(shown: &str) -> Self {
        let digits = shown.chars().filter(|letter| letter.is_ascii_digit() || *letter == '+');
        Self { shown: shown.to_owned(), link: format!("tel:{}", digits.collect::<String>()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_number_is_shown_as_written_and_dialled_as_digits() {
        let phone = Phone::of("030 - 123 45 67");
        assert_eq!((phone.shown.as_str(), phone.link.as_str()), ("030 - 123 45 67", "tel:0301234567"));
        assert_eq!(Phone::of("+31 (30) 123").link, "tel:+3130123");
    }

    #[test]
    fn a_practice_is_on_the_map_once_its_street_is_known() {
        let at = |address: Option<&str>| Face {
            agb: "01000001".parse().unwrap(),
            name: "De Linde".to_owned(),
            city: Some("'s-Hertogenbosch".to_owned()),
            address: address.map(str::to_owned),
            phone: None,
            logo: None,
        };
        let map = "https://www.openstreetmap.org/search?query=Lindelaan+4+%26+6%2C+%27s-Hertogenbosch";
        assert_eq!(at(Some("Lindelaan 4 & 6")).map().as_deref(), Some(map));
        assert_eq!(at(None).map(), None);
    }
}
