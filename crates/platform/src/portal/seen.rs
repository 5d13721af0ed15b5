//! The receipt: what a page has shown is news no longer, on no device.

use store::{Actor, Stored};

use super::reader::Reader;
use crate::{app::App, audit::Audit};

/// Notes that the reader has seen the news of these appointments, each in the revision that the page showed.
///
/// The page is shown whatever becomes of it: news that stays is better than a page that fails.
pub(super) async fn note<'a>(app: &App, reader: &Reader, shown: impl IntoIterator<Item = &'a Stored>) {
    let news: Vec<&Stored> = shown.into_iter().filter(|stored| stored.unseen).collect();
    if news.is_empty() || !reader.looks {
        return;
    }
    let news = &news;
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
