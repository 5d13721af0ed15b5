/// How many requests a minute are answered; so many may come at once. Zero: any number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// From one address (IPv6: one /64), pages and calls together.
    pub address: u32,
    /// Logins begun and ended, from one address.
    pub login: u32,
    /// Tokens asked for from one address.
    pub token: u32,
    /// Refusals of callers of whom nothing is known, from one address: each is a line that is kept for years.
    pub refusal: u32,
    /// Of one patient who is logged in.
    pub session: u32,
    /// Codes from a mail that are typed in, in one session.
    pub mail_code: u32,
    /// Links of invitations that are opened, from one address.
    pub invitation: u32,
    /// Calls of one XIS client, for all its practices.
    pub client: u32,
    /// Calls for one practice.
    pub practice: u32,
    /// Patients searched for or invited, for one practice.
    pub patient: u32,
    /// Answers from which it shows that a patient has no account here, for one practice.
    pub stranger: u32,
}

/// Far above what people and their practices do.
impl Default for Limits {
    fn default() -> Self {
        Self {
            // A hospital's waiting rooms share an address.
            address: 6_000,
            login: 120,
            token: 300,
            refusal: 60,
            session: 1_200,
            mail_code: 10,
            invitation: 60,
            client: 60_000,
            practice: 30_000,
            patient: 300,
            // What a large practice plans in a day, of whom most have no account, is told within minutes.
            stranger: 600,
        }
    }
}

impl Limits {
    /// None at all, for a test that lets a day go by in a second.
    #[must_use]
    pub fn none() -> Self {
        Self {
            address: 0,
            login: 0,
            token: 0,
            refusal: 0,
            session: 0,
            mail_code: 0,
            invitation: 0,
            client: 0,
            practice: 0,
            patient: 0,
            stranger: 0,
        }
    }
}
