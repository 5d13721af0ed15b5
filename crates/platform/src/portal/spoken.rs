//! What is known of whoever reads while a request is under way, for pages that are made where nobody was asked.

use std::cell::RefCell;

use store::Language;

use super::shell::Face;
use crate::auth::session::Lasting;

/// Whoever reads the answer to this request.
#[derive(Debug, Clone, Default)]
pub(super) struct Reading {
    pub(super) language: Language,
    /// Whether a patient is known to be logged in.
    pub(super) logged_in: bool,
    /// How long that lasts.
    pub(super) lasting: Option<Lasting>,
    /// The page to come back to after a choice of language.
    pub(super) place: String,
    /// The practice that the page was to be about, once that is known.
    pub(super) practice: Option<Face>,
}

tokio::task_local! {
    static READING: RefCell<Reading>;
}

/// Runs `answering` for this reader.
pub(super) async fn to<F: Future>(reading: Reading, answering: F) -> F::Output {
    READING.scope(RefCell::new(reading), answering).await
}

/// The reader turned out to be a patient, who chose a language once.
pub(super) fn patient_reads(language: Language) {
    // Outside a request there is nobody to remember it for.
    let _ = READING.try_with(|reading| {
        let mut reading = reading.borrow_mut();
        reading.language = language;
        reading.logged_in = true;
    });
}

/// The patient who reads is logged in for so long.
pub(super) fn session_lasts(lasting: Lasting) {
    // Outside a request there is nobody to remember it for.
    let _ = READING.try_with(|reading| reading.borrow_mut().lasting = Some(lasting));
}

/// The page is to be about this practice: should it not come to that, there is a number to call.
pub(super) fn about(practice: Face) {
    // Outside a request there is nobody to remember it for.
    let _ = READING.try_with(|reading| reading.borrow_mut().practice = Some(practice));
}

/// Who reads; somebody Dutch where nothing is known.
pub(super) fn reading() -> Reading {
    READING.try_with(|reading| reading.borrow().clone()).unwrap_or_default()
}
