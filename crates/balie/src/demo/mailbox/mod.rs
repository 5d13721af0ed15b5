//! The demo's mail catcher: a real SMTP server that delivers nothing further, and pages to read what came.
//!
//! Keeps the last 500 mails in memory, and with a directory also there, one file each, so that they are still
//! there after a restart. Takes mail from whoever can reach its port, so it belongs on loopback.

mod command;
mod conversation;
mod lines;
mod mail;
mod pages;
mod shelf;
mod smtp;

use std::{
    collections::VecDeque,
    io,
    path::PathBuf,
    sync::{Arc, PoisonError, RwLock},
};

use jiff::Timestamp;
use tokio::sync::Mutex;

pub(crate) use pages::router;
pub(crate) use smtp::listen;

use mail::Mail;
use shelf::Shelf;

/// So many mails are kept, the newest.
const MOST: usize = 500;

/// The mails that came; clones share them.
#[derive(Clone)]
pub(crate) struct Mailbox(Arc<Inner>);

struct Inner {
    /// Oldest first.
    mails: RwLock<VecDeque<Arc<Mail>>>,
    shelf: Option<Shelf>,
    /// The number of the newest mail; held while one is being kept, so that order is arrival.
    newest: Mutex<u64>,
}

impl Mailbox {
    /// A mailbox with what lies in the directory, or an empty one.
    ///
    /// # Errors
    /// When the directory cannot be made or read.
    async fn open(directory: Option<PathBuf>) -> io::Result<Self> {
        let (shelf, mails) = match directory {
            Some(directory) => {
                let shelf = Shelf::open(directory).await?;
                let mails = shelf.read(MOST).await?;
                (Some(shelf), mails)
            }
            None => (None, Vec::new()),
        };
        let newest = Mutex::new(mails.last().map_or(0, |mail| mail.number));
        let mails = RwLock::new(mails.into_iter().map(Arc::new).collect());
        Ok(Self(Arc::new(Inner { mails, shelf, newest })))
    }

    /// Keeps a mail; the oldest makes room.
    ///
    /// # Errors
    /// When it cannot be written to the directory: it is not kept at all then.
    async fn keep(&self, recipients: &[String], message: &[u8], at: Timestamp) -> io::Result<()> {
        let mut newest = self.0.newest.lock().await;
        let mail = Mail::new(*newest + 1, at, recipients, message);
        if let Some(shelf) = &self.0.shelf {
            shelf.put(&mail).await?;
        }
        *newest = mail.number;
        let leaving = self.push(mail);
        if let (Some(shelf), Some(mail)) = (&self.0.shelf, leaving) {
            shelf.remove(&mail).await?;
        }
        Ok(())
    }

    /// Adds the mail; gives the one that must go, if any.
    fn push(&self, mail: Mail) -> Option<Arc<Mail>> {
        let mut mails = self.0.mails.write().unwrap_or_else(PoisonError::into_inner);
        mails.push_back(Arc::new(mail));
        if mails.len() > MOST { mails.pop_front() } else { None }
    }

    fn newest_first(&self) -> Vec<Arc<Mail>> {
        let mails = self.0.mails.read().unwrap_or_else(PoisonError::into_inner);
        mails.iter().rev().map(Arc::clone).collect()
    }

    fn find(&self, number: u64) -> Option<Arc<Mail>> {
        self.newest_first().into_iter().find(|mail| mail.number == number)
    }
}

#[cfg(test)]
mod tests;
