//! Every text of the pages, in Dutch and English. A text that one of them lacks does not compile.

mod en;
mod login;
mod nl;

use jiff::civil::{Date, Time};

use login::LoginWords;

use crate::{
    agenda::Refusal,
    tables::State,
    told::{Trouble, TroubleKind},
};

/// A language of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Language {
    #[default]
    Dutch,
    English,
}

impl Language {
    /// The language with this tag.
    pub(crate) fn of_tag(tag: &str) -> Option<Self> {
        [Self::Dutch, Self::English].into_iter().find(|language| language.words().tag == tag)
    }

    pub(crate) fn words(self) -> &'static Words {
        match self {
            Self::Dutch => &nl::WORDS,
            Self::English => &en::WORDS,
        }
    }
}

/// The texts of one language. `{}` in a text is where a name, a time or a number goes.
#[derive(Debug)]
pub(crate) struct Words {
    pub(crate) tag: &'static str,
    /// The other language: its tag, and its name in itself.
    pub(crate) other_tag: &'static str,
    pub(crate) other_name: &'static str,
    weekdays: [&'static str; 7],
    weekdays_short: [&'static str; 7],
    months: [&'static str; 12],

    pub(crate) login: LoginWords,
    pub(crate) skip: &'static str,
    pub(crate) misbehaving: &'static str,
    pub(crate) agenda: &'static str,
    pub(crate) requests: &'static str,
    pub(crate) new_appointment: &'static str,
    pub(crate) choose_practice: &'static str,
    pub(crate) other_practice: &'static str,

    pub(crate) previous_day: &'static str,
    pub(crate) today: &'static str,
    pub(crate) next_day: &'static str,
    pub(crate) other_day: &'static str,
    pub(crate) show: &'static str,
    pub(crate) practitioners: &'static str,
    pub(crate) time: &'static str,
    pub(crate) empty_day: &'static str,
    pub(crate) free: &'static str,
    pub(crate) free_at: &'static str,
    pub(crate) shut: &'static str,
    pub(crate) called_off: &'static str,
    pub(crate) keys: &'static str,

    pub(crate) requested: &'static str,
    pub(crate) booked: &'static str,
    pub(crate) declined: &'static str,
    pub(crate) cancelled: &'static str,

    pub(crate) no_requests: &'static str,
    pub(crate) asked_at: &'static str,

    pub(crate) back_to_agenda: &'static str,
    pub(crate) back_to_appointment: &'static str,
    pub(crate) practitioner: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) born: &'static str,
    pub(crate) phone: &'static str,
    pub(crate) patients_words: &'static str,
    pub(crate) practices_words: &'static str,
    pub(crate) cancelled_because: &'static str,
    pub(crate) made_by_patient: &'static str,
    pub(crate) made_by_practice: &'static str,
    minutes: &'static str,

    pub(crate) approve: &'static str,
    pub(crate) decline: &'static str,
    pub(crate) decline_now: &'static str,
    pub(crate) cancel: &'static str,
    pub(crate) cancel_now: &'static str,
    pub(crate) move_it: &'static str,
    pub(crate) move_now: &'static str,
    pub(crate) move_approves: &'static str,
    pub(crate) message_label: &'static str,
    pub(crate) message_hint: &'static str,
    pub(crate) reason_hint: &'static str,

    pub(crate) patient: &'static str,
    pub(crate) find_patient: &'static str,
    pub(crate) find_hint: &'static str,
    pub(crate) find: &'static str,
    pub(crate) nobody_found: &'static str,
    pub(crate) date: &'static str,
    pub(crate) free_times: &'static str,
    pub(crate) no_free_times: &'static str,
    pub(crate) show_times: &'static str,
    pub(crate) another_time: &'static str,
    pub(crate) plan: &'static str,
    pub(crate) no_types: &'static str,

    pub(crate) done_approved: &'static str,
    pub(crate) done_declined: &'static str,
    pub(crate) done_cancelled: &'static str,
    pub(crate) done_moved: &'static str,
    pub(crate) done_planned: &'static str,
    pub(crate) done_tell: &'static str,

    pub(crate) platform: &'static str,
    pub(crate) told_at: &'static str,
    pub(crate) on_its_way: &'static str,
    pub(crate) later: &'static str,
    pub(crate) nothing_to_tell: &'static str,
    pub(crate) not_told: &'static str,
    pub(crate) tell_again: &'static str,
    no_account: &'static str,
    call_patient: &'static str,
    no_phone: &'static str,
    not_allowed: &'static str,
    conflict: &'static str,
    refused: &'static str,
    unreached: &'static str,
    pub(crate) platform_said: &'static str,

    pub(crate) informed: &'static str,
    pub(crate) by_mail: &'static str,
    pub(crate) by_phone: &'static str,
    pub(crate) and: &'static str,
    pub(crate) at_time: &'static str,
    pub(crate) on_day_at: &'static str,
    pub(crate) informing: &'static str,
    pub(crate) not_informed_yet: &'static str,
    pub(crate) next_attempt: &'static str,
    pub(crate) not_informed: &'static str,
    pub(crate) no_channel: &'static str,
    pub(crate) undelivered: &'static str,
    pub(crate) informed_unknown: &'static str,
    pub(crate) reminded: &'static str,

    pub(crate) news_booked: &'static str,
    pub(crate) news_requested: &'static str,
    pub(crate) news_look: &'static str,

    taken: &'static str,
    past: &'static str,
    off_grid: &'static str,
    too_long: &'static str,
    not_open: &'static str,
    unknown: &'static str,
    pub(crate) failed: &'static str,
    pub(crate) choose_patient: &'static str,
    pub(crate) choose_type: &'static str,
    pub(crate) choose_time: &'static str,
    pub(crate) not_found_title: &'static str,
    pub(crate) not_found: &'static str,
    pub(crate) failed_title: &'static str,
    pub(crate) other_site_title: &'static str,
    pub(crate) other_site: &'static str,
    pub(crate) to_start: &'static str,
}

/// The text with each `{}` replaced, in order.
pub(crate) fn fill(text: &str, parts: &[&str]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut parts = parts.iter();
    for (number, piece) in text.split("{}").enumerate() {
        if number > 0 {
            filled.push_str(parts.next().unwrap_or(&""));
        }
        filled.push_str(piece);
    }
    filled
}

impl Words {
    /// `dinsdag 12 mei 2026`
    pub(crate) fn long_date(&self, day: Date) -> String {
        format!("{} {} {} {}", pick(&self.weekdays, weekday(day)), day.day(), self.month(day), day.year())
    }

    /// `di 12 mei`
    pub(crate) fn short_date(&self, day: Date) -> String {
        format!("{} {} {}", pick(&self.weekdays_short, weekday(day)), day.day(), self.month(day))
    }

    /// `12 mei 1970`
    pub(crate) fn birth_date(&self, day: Date) -> String {
        format!("{} {} {}", day.day(), self.month(day), day.year())
    }

    fn month(&self, day: Date) -> &'static str {
        pick(&self.months, usize::from(day.month().unsigned_abs()) - 1)
    }

    /// `10 minuten`
    pub(crate) fn lasting(&self, minutes: &impl ToString) -> String {
        fill(self.minutes, &[&minutes.to_string()])
    }

    pub(crate) fn state(&self, state: State) -> &'static str {
        match state {
            State::Requested => self.requested,
            State::Booked => self.booked,
            State::Declined => self.declined,
            State::Cancelled => self.cancelled,
        }
    }

    /// Why something was not done, in words for whoever wanted it.
    pub(crate) fn refusal(&self, refusal: &Refusal) -> String {
        match refusal {
            Refusal::Taken => self.taken.to_owned(),
            Refusal::Past => self.past.to_owned(),
            Refusal::OffGrid | Refusal::EndsTooEarly => self.off_grid.to_owned(),
            Refusal::TooLong => self.too_long.to_owned(),
            Refusal::NotOpen(state) => fill(self.not_open, &[&self.state(*state).to_lowercase()]),
            Refusal::NotThere | Refusal::Unknown => self.unknown.to_owned(),
            Refusal::NotOffered | Refusal::NotTheSlot | Refusal::IdentifierInUse => self.taken.to_owned(),
            Refusal::Database(_) | Refusal::Patient(_) => self.failed.to_owned(),
        }
    }

    /// Why the patient was not told, and what to do.
    pub(crate) fn trouble(&self, trouble: &Trouble, phone: Option<&str>) -> String {
        let why = match trouble.kind {
            TroubleKind::NoAccount => self.no_account,
            TroubleKind::NotAllowed => self.not_allowed,
            TroubleKind::Conflict => self.conflict,
            TroubleKind::Refused => self.refused,
            TroubleKind::Unreached => self.unreached,
        };
        format!("{why}, {}.", self.call(phone))
    }

    /// What to do when nobody else tells the patient.
    pub(crate) fn call(&self, phone: Option<&str>) -> String {
        phone.map_or_else(|| self.no_phone.to_owned(), |phone| fill(self.call_patient, &[phone]))
    }
}

/// `08:10`
pub(crate) fn clock(time: Time) -> String {
    time.strftime("%H:%M").to_string()
}

fn weekday(day: Date) -> usize {
    usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or_default()
}

fn pick(names: &[&'static str], at: usize) -> &'static str {
    names.get(at).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests;
