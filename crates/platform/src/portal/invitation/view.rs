use askama::Template;
use store::Practice;

use crate::{
    portal::{
        reader::Reader,
        shell::{Here, Shell},
        spoken,
    },
    words::say,
};

/// What an invitation says to its reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Face {
    /// Nobody knows the link.
    Unknown,
    /// The reader is another patient than the one who was invited.
    Anothers,
    Expired,
    /// Used, to somebody who is not logged in.
    Used,
    LogIn,
    Add {
        /// Where mail will go, where the patient has no address.
        mail: Option<String>,
    },
    /// Used by this patient.
    Added,
    /// The practice's system does not know the patient.
    NotKnown,
}

#[derive(Template)]
#[template(path = "portal/invitation.html")]
pub(super) struct View {
    shell: Shell,
    face: Face,
    title: String,
    said: Vec<String>,
    /// Where the form goes, and where the login leads back to.
    here: String,
}

impl View {
    pub(super) fn of(face: Face, reader: Option<&Reader>, practice: Option<&Practice>, token: &str) -> Self {
        let shell =
            reader.map_or_else(|| Shell::of(spoken::reading()), |reader| reader.shell(Here::Elsewhere));
        let shell = match practice {
            Some(practice) => shell.at(practice),
            None => shell,
        };
        let name = practice.map(|practice| practice.name.as_str()).unwrap_or_default();
        let (title, said) = texts(&face);
        let named = |key: &&str| say(shell.language, key, &[("practice", name.into())]);
        let mut said: Vec<String> = said.iter().map(named).collect();
        if let Face::Add { mail: Some(mail) } = &face {
            said.push(say(shell.language, "invitation-mail", &[("mail", mail.as_str().into())]));
        }
        Self { title: named(&title), said, face, here: format!("/invitations/{token}"), shell }
    }
}

/// The keys of a title and of what stands under it.
fn texts(face: &Face) -> (&'static str, &'static [&'static str]) {
    match face {
        Face::Unknown => ("invitation-unknown-title", &["invitation-unknown-lead"]),
        Face::Anothers => ("invitation-anothers-title", &["invitation-anothers-lead"]),
        Face::Expired => ("invitation-expired-title", &["invitation-expired-lead"]),
        Face::Used => ("invitation-used-title", &["invitation-used-lead"]),
        Face::LogIn => ("invitation-title", &["invitation-lead", "invitation-log-in-first"]),
        Face::Add { .. } => ("invitation-add-title", &["invitation-add-lead"]),
        Face::Added => ("invitation-added-title", &["invitation-added-lead"]),
        Face::NotKnown => ("invitation-not-known-title", &["invitation-not-known-lead"]),
    }
}
