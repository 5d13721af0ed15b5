//! What a page claims.

/// What a patient reads of an appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Said {
    /// It takes place.
    Yes,
    /// The practice has it and must approve it.
    Asked,
    /// Nobody knows yet, or it is being cancelled: no claim.
    Checking,
    /// It does not take place.
    No,
}

/// The claim in the title of an appointment's page, or of the page on which another time is chosen.
pub(crate) fn said(page: &str) -> Said {
    match title(page) {
        "Uw afspraak is bevestigd"
        | "Uw afspraak"
        | "Uw afspraak is gewijzigd"
        | "Uw afspraak is opnieuw gepland" => Said::Yes,
        "Uw aanvraag is verstuurd" => Said::Asked,
        "Wij controleren uw afspraak" | "Bel de praktijk over uw afspraak" | "Uw annulering is verstuurd" => {
            Said::Checking
        }
        "Uw afspraak is geannuleerd"
        | "Uw aanvraag is afgewezen"
        | "Online plannen is nu niet mogelijk"
        | "Uw afspraak is niet gelukt" => Said::No,
        _ if page.contains("Deze tijd is niet meer beschikbaar") => Said::No,
        other => panic!("what does {other:?} claim?"),
    }
}

/// The heading of a page.
pub(crate) fn title(page: &str) -> &str {
    let after =
        page.split_once("<h1").and_then(|(_, rest)| rest.split_once('>')).map_or("", |(_, rest)| rest);
    after.split_once("</h1>").map_or(page, |(title, _)| title).trim()
}

/// The id of the first slot on a page of times.
pub(crate) fn first_slot(page: &str) -> String {
    let after = page.split_once(r#"name="slot" value=""#).unwrap_or_else(|| panic!("no times: {page}")).1;
    after.split('"').next().unwrap().to_owned()
}

/// The key of the form on the page that asks whether it is all right.
pub(crate) fn form(page: &str) -> String {
    let after = page.split_once(r#"name="form" value=""#).unwrap_or_else(|| panic!("no form: {page}")).1;
    after.split('"').next().unwrap().to_owned()
}
