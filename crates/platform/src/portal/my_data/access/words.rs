//! A line of the audit trail in the words of whose data it is.

use std::collections::BTreeMap;

use store::{AuditLine, Language};

use crate::words::say;

/// Who did it, as the patient knows them.
pub(super) fn who(line: &AuditLine, practices: &BTreeMap<String, String>, language: Language) -> String {
    let known = |key| say(language, key, &[]);
    match line.actor_kind.as_str() {
        "patient" => known("access-you"),
        "xis" => {
            let name = line.practice.as_ref().and_then(|practice| practices.get(practice));
            name.cloned().unwrap_or_else(|| known("access-some-practice"))
        }
        "platform" => known("access-balie"),
        "operator" => known("access-operator"),
        _ => known("access-nobody"),
    }
}

/// What was done.
pub(super) fn what(line: &AuditLine, language: Language) -> String {
    let own = if line.actor_kind == "patient" { "yes" } else { "no" };
    say(language, key(line), &[("own", own.into())])
}

fn key(line: &AuditLine) -> &'static str {
    let outcome = line.outcome.as_str();
    if outcome.starts_with("refused") {
        return "access-refused";
    }
    match line.action.as_str() {
        "appointment list" | "appointment view" => "access-appointment-view",
        "draft view" => "access-draft",
        "appointment calendar" => "access-calendar",
        "appointment feed" => "access-feed",
        "appointment news" => "access-news",
        "appointment request" => "access-request",
        "appointment reschedule" => "access-reschedule",
        "appointment cancel" => "access-cancel",
        "appointment answer"
        | "appointment cancel answer"
        | "appointment reschedule answer"
        | "appointment parted" => "access-answer",
        "appointment reminder" => "access-reminder",
        "appointment update" => of_update(outcome),
        "appointment response" => "access-response",
        "notices read" => "access-notices",
        "message" => "access-message",
        "message list" | "message view" => "access-messages-read",
        "attachment" => "access-attachment",
        "invitation" | "membership" if line.actor_kind == "patient" => "access-joined",
        "invitation" => "access-invited",
        "membership end" => "access-left",
        "login" => "access-login",
        "logout" => "access-logout",
        "patient search" => "access-search",
        "preferences" | "calendar feed" | "mail address" | "stop reminders" => "access-preferences",
        "preferences view" | "my data view" | "membership list" | "audit view" => "access-data-view",
        "my data download" => "access-download",
        "trial mail" | "push trial" | "push subscription" => "access-push",
        _ => "access-other",
    }
}

fn of_update(outcome: &str) -> &'static str {
    match outcome {
        "new" => "access-made",
        "cancelled" => "access-cancel",
        "unchanged" => "access-unchanged",
        _ => "access-changed",
    }
}

#[cfg(test)]
mod tests {
    use store::Action;

    use super::*;

    /// What a line about a patient can never be: it is about practices, systems and the trail.
    const OTHERS: [&str; 18] = [
        "token",
        "call",
        "request",
        "session extend",
        "account delete",
        "practice add",
        "practice set",
        "client add",
        "client key",
        "client revoke",
        "outbox show",
        "outbox retry",
        "keys rotate",
        "keys retire",
        "audit verify",
        "audit export",
        "audit sweep",
        "membership",
    ];

    #[test]
    fn every_act_about_a_patient_has_words_of_its_own() {
        let acts = Action::all().iter().filter(|action| !OTHERS.contains(&action.name));
        for action in acts {
            let key = key(&line(action.name, "ok"));
            assert_ne!(key, "access-other", "{} is not said in plain words", action.name);
            for language in [Language::Dutch, Language::English] {
                assert!(!say(language, key, &[("own", "no".into())]).is_empty());
            }
        }
    }

    #[test]
    fn who_is_named_as_the_patient_knows_them_and_a_refusal_is_no_access() {
        let practices = BTreeMap::from([("01000001".to_owned(), "De Linde".to_owned())]);
        let mut line = line("appointment update", "modified");
        let said = |line: &AuditLine| {
            let language = Language::Dutch;
            format!("{} {}", who(line, &practices, language), what(line, language))
        };
        assert_eq!(said(&line), "De Linde heeft uw afspraak veranderd");
        line.outcome = "refused: VERSION_CONFLICT".to_owned();
        assert_eq!(said(&line), "De Linde heeft iets met uw gegevens geprobeerd. Dat mocht niet");
        (line.actor_kind, line.action, line.outcome) =
            ("patient".to_owned(), "appointment cancel".to_owned(), "sent".to_owned());
        assert_eq!(said(&line), "U hebt een afspraak geannuleerd");
    }

    fn line(action: &str, outcome: &str) -> AuditLine {
        let practice = "01000001".parse().unwrap();
        let actor = &store::Actor::Xis("demo-xis".to_owned());
        AuditLine::of(store::AuditEntry {
            id: uuid::Uuid::nil(),
            at: jiff::Timestamp::UNIX_EPOCH,
            actor,
            subject: None,
            practice: Some(&practice),
            action,
            object: None,
            outcome,
            origin: store::Origin::default(),
        })
    }
}
