//! The rules: what an appointment may become, what counts as changed, who is told, and which slots are offered.
//!
//! Owns every decision that can be taken without asking anyone: the states of an [`Appointment`] and its
//! transitions, the comparison that tells a modification from an echo, the reading of an uncertain answer, and
//! the sifting of [`Slot`]s into what a patient may choose.
//!
//! Leaves to others: storage, the wire, the clock, words for people. A time is an argument, an outcome is a
//! value, and nothing here waits or panics. The ids in the documentation (A7, C18, ...) name the decisions that
//! a rule carries out.
//!
//! ```
//! use agenda::{Answer, Appointment, Content, Effect, Kind, State};
//!
//! let now = "2026-04-06T08:00:00Z".parse()?;
//! let content = Content {
//!     start: "2026-04-10T09:00:00Z".parse()?,
//!     end: "2026-04-10T09:30:00Z".parse()?,
//!     categories: Vec::new(),
//!     participants: Vec::new(),
//!     comment: None,
//! };
//! let requested = Appointment::request(content, "Pijn in mijn knie".parse()?, false, now)?;
//! assert_eq!(requested.effect, Effect::Stored);
//!
//! let answered = requested.after.answered(Answer::Approved(None), now)?;
//! assert_eq!(answered.effect, Effect::Told(Kind::Confirmed));
//! assert_eq!(answered.after.state, State::Booked);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod appointment;
mod ids;
mod slots;
mod text;

pub use appointment::{
    Answer, Appointment, CancelWindow, Cancellation, Confirmation, Content, Decision, Difference,
    ECHO_MINUTES, Effect, Failure, Findings, GIVE_UP_MINUTES, Kind, Moved, Next, NotCancellable, Outcome,
    Pair, Participant, Party, Reason, ReasonError, Refusal, Replacing, Search, State, Update, UpdateStatus,
    reconcile,
};
pub use ids::{Agb, AgbError, Bsn, BsnError, Coding, XisId, XisIdError};
pub use slots::{
    Agenda, AgendaName, Day, Dropped, Hours, PartOfDay, Sifted, Slot, Window, agendas, days, nearest, sift,
};
