use db::{Row, Vault};
use jiff::Timestamp;

use super::{Action, AuditEntry};

/// The form in which lines are sealed now: every column.
const FORM: i64 = 2;
/// The form of lines from before there were batches.
const FORMER: i64 = 1;

/// A line as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditLine {
    /// Its id.
    pub id: String,
    /// When.
    pub at: Timestamp,
    /// The role of who acted: `patient`, `xis`, `operator`, `platform` or `unknown`.
    pub actor_kind: String,
    /// Who in that role.
    pub actor: String,
    /// For whom, where not for oneself: `practice` or `patient`.
    pub behalf: Option<String>,
    /// What permitted it: `session`, `token`, `link`, `command`, `duty` or `none`.
    pub basis: Option<String>,
    /// The patient whose data it is, by account.
    pub subject: Option<String>,
    /// The practice, by AGB code.
    pub practice: Option<String>,
    /// What was done.
    pub action: String,
    /// What kind of thing it was done to.
    pub object_type: Option<String>,
    /// Which one.
    pub object: Option<String>,
    /// How it ended.
    pub outcome: String,
    /// Through what it came.
    pub entrance: Option<String>,
    /// From which network address.
    pub network: Option<String>,
    /// In which request.
    pub request: Option<String>,
    pub(super) form: i64,
    pub(super) key_id: i64,
    pub(super) seal: String,
    pub(super) place: i64,
}

/// What a seal says of what it covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Genuine {
    Yes,
    No,
    /// Nobody can say: there is no such key.
    NoKey,
}

impl Genuine {
    pub(super) fn of(expected: &str, found: &str) -> Self {
        if expected == found { Self::Yes } else { Self::No }
    }
}

impl AuditLine {
    /// What an entry becomes, before it is sealed.
    #[must_use]
    pub fn of(entry: AuditEntry<'_>) -> Self {
        let (kind, actor) = entry.actor.words();
        let action = Action::named(entry.action);
        debug_assert!(action.is_some(), "store/src/audit/actions.rs has no {:?}", entry.action);
        Self {
            id: entry.id.to_string(),
            at: entry.at,
            actor_kind: kind.to_owned(),
            actor,
            behalf: entry.actor.behalf(&entry).map(str::to_owned),
            basis: Some(entry.actor.basis(entry.came_to_nothing()).to_owned()),
            subject: entry.subject.map(|subject| subject.to_string()),
            practice: entry.practice.map(|practice| practice.as_str().to_owned()),
            action: entry.action.to_owned(),
            object_type: action.map(|action| action.object.to_owned()),
            object: entry.object,
            outcome: entry.outcome.to_owned(),
            entrance: Some(entry.origin.entrance.word().to_owned()),
            network: entry.origin.network.map(|address| address.to_string()),
            request: entry.origin.request,
            form: FORM,
            key_id: 0,
            seal: String::new(),
            place: 0,
        }
    }

    pub(super) fn sealed_by(mut self, vault: &Vault) -> Self {
        self.key_id = vault.audit_key().into();
        self.seal = self.sealed(vault).unwrap_or_default();
        self
    }

    pub(super) fn read(row: &Row) -> Result<Self, db::Error> {
        Ok(Self {
            id: row.get("id")?,
            at: row.get("at")?,
            actor_kind: row.get("actor_kind")?,
            actor: row.get("actor")?,
            behalf: row.optional("behalf")?,
            basis: row.optional("basis")?,
            subject: row.optional("subject")?,
            practice: row.optional("practice")?,
            action: row.get("action")?,
            object_type: row.optional("object_type")?,
            object: row.optional("object")?,
            outcome: row.get("outcome")?,
            entrance: row.optional("entrance")?,
            network: row.optional("network")?,
            request: row.optional("request")?,
            form: row.get("form")?,
            key_id: row.get("key_id")?,
            seal: row.get("seal")?,
            place: row.get("place")?,
        })
    }

    /// Whether the line is as it was written.
    pub(super) fn genuine(&self, vault: &Vault) -> Genuine {
        match self.sealed(vault) {
            None => Genuine::NoKey,
            Some(_) if self.form != FORM && !self.is_former() => Genuine::No,
            Some(seal) => Genuine::of(&seal, &self.seal),
        }
    }

    /// The seal that the fields have under their key; `None` without that key.
    fn sealed(&self, vault: &Vault) -> Option<String> {
        let at = self.at.as_microsecond().to_string();
        let own = [&self.id, &at, &self.actor_kind, &self.actor];
        let own = own.map(String::as_str);
        let (form, key) = (self.form.to_string(), self.key_id.to_string());
        let [subject, practice, object, behalf, basis, object_type, entrance, network, request] = [
            &self.subject,
            &self.practice,
            &self.object,
            &self.behalf,
            &self.basis,
            &self.object_type,
            &self.entrance,
            &self.network,
            &self.request,
        ]
        .map(|field| marked(field.as_deref()));
        let told = [&subject, &practice, &self.action, &object, &self.outcome].map(String::as_str);
        let more = [&behalf, &basis, &object_type, &entrance, &network, &request].map(String::as_str);
        let fields: Vec<&str> = if self.form == FORMER {
            own.into_iter().chain(told).collect()
        } else {
            ["audit line", &form, &key].into_iter().chain(own).chain(told).chain(more).collect()
        };
        vault.audit_seal_by(u8::try_from(self.key_id).ok()?, &fields)
    }

    /// A line from before had none of what came later: its seal covers nothing of that.
    fn is_former(&self) -> bool {
        let later =
            [&self.behalf, &self.basis, &self.object_type, &self.entrance, &self.network, &self.request];
        self.form == FORMER && later.iter().all(|field| field.is_none())
    }
}

/// An optional field as it is sealed: absent and empty are two things.
fn marked(field: Option<&str>) -> String {
    field.map_or_else(|| "-".to_owned(), |field| format!("+{field}"))
}
