//! What a patient is choosing, kept on the server.

use agenda::Agb;
use store::{AccountId, Choice};

use crate::{app::App, portal::Problem};

pub(super) async fn load(app: &App, account: AccountId, practice: &Agb) -> Result<Choice, Problem> {
    let draft: Result<_, store::Error> = app
        .store
        .read("a draft", |mut tx| async move { app.store.draft(&mut tx, account, practice).await })
        .await;
    Ok(draft?.map(|draft| draft.choice).unwrap_or_default())
}

pub(super) async fn save(
    app: &App,
    account: AccountId,
    practice: &Agb,
    choice: &Choice,
) -> Result<(), Problem> {
    let now = app.world.now();
    app.store
        .tx("keep a draft", |mut tx| async move {
            app.store.save_draft(&mut tx, account, practice, choice, now).await
        })
        .await
        .map_err(|error: store::Error| error.into())
}
