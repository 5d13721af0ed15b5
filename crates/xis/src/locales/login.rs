//! What is said about logging in.

/// The texts of one language.
#[derive(Debug)]
pub(crate) struct LoginWords {
    pub(crate) log_out: &'static str,
    pub(crate) logged_out_title: &'static str,
    pub(crate) logged_out: &'static str,
    pub(crate) log_in_again: &'static str,
    pub(crate) log_out_there: &'static str,
    pub(crate) failed_title: &'static str,
    pub(crate) lost: &'static str,
    pub(crate) refused: &'static str,
    pub(crate) unavailable: &'static str,
    pub(crate) low_assurance: &'static str,
    pub(crate) no_practice: &'static str,
    pub(crate) to_logged_out: &'static str,
}

pub(super) const DUTCH: LoginWords = LoginWords {
    log_out: "Uitloggen",
    logged_out_title: "U bent uitgelogd",
    logged_out: "Dit gebeurt ook vanzelf als u een tijd niets doet. Gebruiken anderen deze computer ook? Sluit dan dit \
                 venster.",
    log_in_again: "Opnieuw inloggen",
    log_out_there: "Ook uitloggen bij de inlogdienst",
    failed_title: "Inloggen is niet gelukt",
    lost: "Dit antwoord hoort niet bij een login in dit venster, of u deed er te lang over. Probeer het nog eens.",
    refused: "De inlogdienst heeft u niet ingelogd. Probeer het nog eens.",
    unavailable: "De inlogdienst antwoordt nu niet. Probeer het over een paar minuten nog eens.",
    low_assurance: "Dit systeem vraagt een sterkere manier van inloggen. Kies bij de inlogdienst een andere manier.",
    no_practice: "U werkt volgens de inlogdienst niet bij een praktijk in dit systeem. Vraag uw beheerder om toegang.",
    to_logged_out: "Verder",
};

pub(super) const ENGLISH: LoginWords = LoginWords {
    log_out: "Log out",
    logged_out_title: "You are logged out",
    logged_out: "This also happens by itself when you do nothing for a while. Do others use this computer too? Then close \
                 this window.",
    log_in_again: "Log in again",
    log_out_there: "Log out of the login service too",
    failed_title: "Logging in did not work",
    lost: "This answer belongs to no login in this window, or you took too long. Please try again.",
    refused: "The login service did not log you in. Please try again.",
    unavailable: "The login service does not answer now. Please try again in a few minutes.",
    low_assurance: "This system asks for a stronger way to log in. Choose another way at the login service.",
    no_practice: "According to the login service you work for no practice in this system. Ask your administrator for access.",
    to_logged_out: "Continue",
};
