use std::{fmt, str::FromStr};

use agenda::Agb;
use db::{Row, Tx, sql};
use jiff::Timestamp;
use outbox::{Entry, Standing};
use uuid::Uuid;

use crate::{AccountId, Error, Store, wall::Scoped as _};

/// A way to a patient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Route {
    /// To the patient's mail address.
    Mail,
    /// To one of the patient's devices, by the id of its subscription.
    Push(Uuid),
}

/// That one thing is to be told along one route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delivery {
    /// What is told: a notice, or a message of a practice.
    pub notice: Uuid,
    /// Which way.
    pub route: Route,
    /// The message in the outbox that brings it.
    pub message: Uuid,
    /// What it is about: an appointment, or the message itself.
    pub about: Uuid,
    /// Who is told.
    pub account: AccountId,
}

/// How a delivery ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryOutcome {
    /// The mail server or the push service took it.
    Sent,
    /// A later notice told it, or it was no longer true.
    Superseded,
    /// The route was there no more (D12).
    NoChannel,
}

/// A delivery and how it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sending {
    /// What is told.
    pub notice: Uuid,
    /// Which way.
    pub route: Route,
    /// How far it is.
    pub standing: SendingStanding,
}

/// How far a delivery is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SendingStanding {
    /// To be sent.
    Queued {
        /// Not before this time.
        due_at: Timestamp,
    },
    /// Did not succeed yet.
    Failed {
        /// Why, in words that an operator understands.
        problem: String,
        /// When it is tried again.
        next_at: Timestamp,
    },
    /// Nobody tries it again by himself.
    GivenUp {
        /// Why, in words that an operator understands.
        problem: String,
        /// Since when.
        at: Option<Timestamp>,
    },
    /// It ended.
    Ended {
        /// How.
        outcome: DeliveryOutcome,
        /// When.
        at: Timestamp,
    },
}

impl Store {
    /// Writes down that something is to be told along a route.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_delivery(&self, tx: &mut Tx, new: &Delivery) -> Result<(), Error> {
        sql("insert into delivery (notice, route, message, about, account) values ($1, $2, $3, $4, $5)")
            .of_patient(new.account)
            .bind(new.notice.to_string())
            .bind(new.route.to_string())
            .bind(new.message.to_string())
            .bind(new.about.to_string())
            .bind(new.account)
            .execute_later(tx)
            .await?;
        Ok(())
    }

    /// Keeps whether a part of what is to be told may have been told before, and gives what was kept the first time:
    /// who words a delivery by it words it the same again.
    ///
    /// # Errors
    /// When the database fails, or there is no such delivery.
    pub async fn claim_doubt(
        &self,
        tx: &mut Tx,
        account: AccountId,
        notice: Uuid,
        route: Route,
        doubted: bool,
    ) -> Result<bool, Error> {
        sql("update delivery set doubted = coalesce(doubted, $3) where notice = $1 and route = $2
             and account = $4 returning doubted")
        .of_patient(account)
        .bind(notice.to_string())
        .bind(route.to_string())
        .bind(doubted)
        .bind(account)
        .first(tx, |row| row.get("doubted"))
        .await?
        .ok_or(Error::Missing("the delivery that is tried"))
    }

    /// Notes how a delivery ended, once.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_delivery(
        &self,
        tx: &mut Tx,
        account: AccountId,
        notice: Uuid,
        route: Route,
        outcome: DeliveryOutcome,
        now: Timestamp,
    ) -> Result<(), Error> {
        sql("update delivery set outcome = $3, ended_at = $4
             where notice = $1 and route = $2 and outcome is null and account = $5")
        .of_patient(account)
        .bind(notice.to_string())
        .bind(route.to_string())
        .bind(word(outcome))
        .bind(now)
        .bind(account)
        .execute_later(tx)
        .await?;
        Ok(())
    }

    /// When this patient was last told something about this along this route.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn last_sent(
        &self,
        tx: &mut Tx,
        account: AccountId,
        about: Uuid,
        route: Route,
    ) -> Result<Option<Timestamp>, Error> {
        let last = sql("select max(ended_at) as last from delivery
                        where about = $1 and account = $2 and route = $3 and outcome = 'sent'")
        .of_patient(account)
        .bind(about.to_string())
        .bind(account)
        .bind(route.to_string())
        .first(tx, |row| row.optional("last"))
        .await?;
        Ok(last.flatten())
    }

    /// Every delivery of a practice's notice and how it stands.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sendings_of(
        &self,
        tx: &mut Tx,
        practice: &Agb,
        notice: Uuid,
    ) -> Result<Vec<Sending>, Error> {
        let rows = sql("select delivery.* from delivery join notice on notice.id = delivery.notice
                        where delivery.notice = $1 and notice.practice = $2 order by route")
        .of_practice(practice)
        .bind(notice.to_string())
        .bind(practice.as_str())
        .all(tx, read)
        .await?;
        let mut sendings = Vec::with_capacity(rows.len());
        for row in rows {
            let standing = match row.ended {
                Some((outcome, at)) => SendingStanding::Ended { outcome, at },
                None => waiting(outbox::find(tx, &row.message).await?),
            };
            sendings.push(Sending { notice, route: row.route, standing });
        }
        Ok(sendings)
    }
}

/// How far a delivery is that has no outcome: what the outbox knows of its message.
fn waiting(entry: Option<Entry>) -> SendingStanding {
    let Some(entry) = entry else {
        return SendingStanding::GivenUp { problem: "its message is gone".to_owned(), at: None };
    };
    let problem = entry.problem.unwrap_or_default();
    match entry.standing {
        Standing::Dead => SendingStanding::GivenUp { problem, at: entry.ended_at },
        Standing::Waiting if entry.attempts > 0 && !problem.is_empty() => {
            SendingStanding::Failed { problem, next_at: entry.due_at }
        }
        // Done, and the outcome is about to be written.
        Standing::Waiting | Standing::Done => SendingStanding::Queued { due_at: entry.due_at },
    }
}

struct DeliveryRow {
    route: Route,
    message: String,
    ended: Option<(DeliveryOutcome, Timestamp)>,
}

fn read(row: &Row) -> Result<DeliveryRow, db::Error> {
    let outcome: Option<DeliveryOutcome> = row.parsed_optional("outcome")?;
    Ok(DeliveryRow {
        route: row.parsed("route")?,
        message: row.get("message")?,
        ended: outcome.zip(row.optional("ended_at")?),
    })
}

fn word(outcome: DeliveryOutcome) -> &'static str {
    match outcome {
        DeliveryOutcome::Sent => "sent",
        DeliveryOutcome::Superseded => "superseded",
        DeliveryOutcome::NoChannel => "no_channel",
    }
}

impl FromStr for DeliveryOutcome {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let all = [Self::Sent, Self::Superseded, Self::NoChannel];
        { all }
            .into_iter()
            .find(|outcome| word(*outcome) == text)
            .ok_or_else(|| format!("{text:?} is no end of a delivery"))
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mail => f.write_str("mail"),
            Self::Push(subscription) => write!(f, "push:{subscription}"),
        }
    }
}

impl FromStr for Route {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let subscription = || text.strip_prefix("push:")?.parse().ok();
        match text {
            "mail" => Ok(Self::Mail),
            _ => subscription().map(Self::Push).ok_or_else(|| format!("{text:?} is no route")),
        }
    }
}
