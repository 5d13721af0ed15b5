/// What is done to the object, as the standard tells kinds of access apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// It was made.
    Create,
    /// It was looked at.
    Read,
    /// It was changed.
    Update,
    /// It was taken away.
    Delete,
    /// Something was done that is none of these.
    Execute,
}

/// A kind of act that the audit trail knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Action {
    /// What a line calls it.
    pub name: &'static str,
    /// What it does to the object.
    pub access: Access,
    /// What kind of thing the object is: a FHIR resource's name where there is one.
    pub object: &'static str,
}

impl Action {
    /// The act of this name. A new act is added to the list, or the tests fail that leave a line of it.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        ALL.iter().find(|action| action.name == name)
    }

    /// Every act.
    #[must_use]
    pub fn all() -> &'static [Self] {
        ALL
    }
}

const fn action(name: &'static str, access: Access, object: &'static str) -> Action {
    Action { name, access, object }
}

const ALL: &[Action] = {
    use Access::{Create, Delete, Execute, Read, Update};
    &[
        // Visits.
        action("appointment list", Read, "Appointment"),
        action("appointment view", Read, "Appointment"),
        action("appointment calendar", Read, "Appointment"),
        action("appointment feed", Read, "Appointment"),
        action("appointment news", Update, "Appointment"),
        action("appointment request", Create, "Appointment"),
        action("appointment reschedule", Create, "Appointment"),
        action("appointment reschedule answer", Update, "Appointment"),
        action("appointment cancel", Update, "Appointment"),
        action("appointment cancel answer", Update, "Appointment"),
        action("appointment answer", Update, "Appointment"),
        action("appointment parted", Update, "Appointment"),
        action("appointment reminder", Execute, "Appointment"),
        action("appointment update", Update, "Appointment"),
        action("appointment response", Update, "Appointment"),
        action("draft view", Read, "Appointment"),
        action("notices read", Read, "Communication"),
        // What practices write.
        action("message", Create, "Communication"),
        action("message list", Read, "Communication"),
        action("message view", Read, "Communication"),
        action("attachment", Read, "Binary"),
        action("invitation", Create, "Patient"),
        // Coming and going.
        action("login", Execute, "Session"),
        action("logout", Execute, "Session"),
        action("session extend", Execute, "Session"),
        action("token", Execute, "Token"),
        action("call", Execute, "Request"),
        action("request", Execute, "Request"),
        // A patient's own.
        action("patient search", Read, "Patient"),
        action("preferences", Update, "Account"),
        action("calendar feed", Update, "Account"),
        action("preferences view", Read, "Account"),
        action("mail address", Update, "Account"),
        action("stop reminders", Update, "Account"),
        action("membership", Create, "Account"),
        action("membership end", Delete, "Account"),
        action("membership list", Read, "Account"),
        action("my data view", Read, "Account"),
        action("my data download", Read, "Account"),
        action("account delete", Delete, "Account"),
        action("trial mail", Execute, "Account"),
        action("push subscription", Update, "Device"),
        action("push trial", Execute, "Device"),
        action("audit view", Read, "AuditEvent"),
        // The operator's.
        action("practice add", Create, "Organization"),
        action("practice set", Update, "Organization"),
        action("client add", Create, "Client"),
        action("client key", Update, "Client"),
        action("client revoke", Delete, "Client"),
        action("outbox show", Read, "Message"),
        action("outbox retry", Execute, "Message"),
        action("keys rotate", Execute, "Key"),
        action("keys retire", Delete, "Key"),
        action("audit verify", Read, "AuditEvent"),
        action("audit export", Read, "AuditEvent"),
        action("audit sweep", Delete, "AuditEvent"),
    ]
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_stands_once() {
        for (place, action) in ALL.iter().enumerate() {
            assert!(ALL[..place].iter().all(|other| other.name != action.name), "{}", action.name);
        }
    }
}
