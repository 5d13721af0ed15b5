//! The receipt: what a page has shown is news no longer, on no device.

use agenda::Kind;
use store::{Actor, Stored};

use super::reader::Reader;
use crate::{app::App, audit::Audit};

/// Notes that the reader has seen the news of these appointments, each in the revision that the page showed.
///
/// The page is shown whatever becomes of it: news that stays is better than a page that fails.
pub(super) async fn note<'a>(app: &App, reader: &Reader, shown: impl IntoIterator<Item = &'a Stored>) {
    let news: Vec<&Stored> = shown.into_iter().filter(|stored| stored.unseen).collect();
    if !news.is_empty() && reader.looks {
        mark(app, reader, &news).await;
    }
}

/// Notes that the reader knows what became of the act that was waited for: the page that comes next says it in full, and
/// who did it needs no badge. Every other answer, and one that comes later, stays news.
pub(super) async fn note_own_act(app: &App, reader: &Reader, stored: &Stored) {
    let kind = stored.news.as_ref().map(|news| news.kind);
    let is_own = matches!(kind, Some(Kind::Confirmed | Kind::CancelledByPatient | Kind::Rescheduled));
    if stored.unseen && is_own {
        mark(app, reader, &[stored]).await;
    }
}

async fn mark(app: &App, reader: &Reader, news: &[&Stored]) {
    let noted = app.store.tx("news was seen", |mut tx| async move {
        let account = reader.id();
        for stored in news {
            app.store.mark_seen(&mut tx, account, stored.id, stored.revision).await?;
            Audit::of(&Actor::Patient(account), "appointment news")
                .subject(account)
                .practice(&stored.practice)
                .object(&stored.id)
                .write(app, &mut tx, "seen")
                .await?;
        }
        Ok::<(), store::Error>(())
    });
    if let Err(error) = noted.await {
        tracing::error!(%error, "what a patient has seen could not be noted");
    }
}
