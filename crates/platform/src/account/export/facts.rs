//! `my-data.json`: the same facts as the pages show, and what is kept beside them.

use std::collections::VecDeque;

use serde_json::{Map, Value, json};
use store::{Account, AccountId, AttachmentLabel, Error, Message, Store, Told, Tx};

use super::{Enclosed, beside, said};
use crate::app::App;

/// So many of a kind are read at once.
pub(super) const PAGE: u32 = 100;

/// All of it, as text, and the files that belong to it.
pub(super) async fn gather(app: &App, account: &Account) -> Result<(String, VecDeque<Enclosed>), Error> {
    let (store, id) = (&app.store, account.id);
    let mut all = Map::new();
    all.insert("madeAt".to_owned(), json!(app.world.now()));
    let rest =
        store.read("my account", |mut tx| async move { the_rest(store, &mut tx, account).await }).await?;
    all.extend(rest);
    all.insert("appointments".to_owned(), visits(store, id).await?.into());
    let (messages, files) = messages(store, id).await?;
    all.insert("messages".to_owned(), messages.into());
    all.insert("notices".to_owned(), notices(store, id).await?.into());
    all.insert("access".to_owned(), beside::access(store, id).await?.into());
    Ok((format!("{:#}", Value::Object(all)), files))
}

async fn visits(store: &Store, id: AccountId) -> Result<Vec<Value>, Error> {
    let (mut visits, mut after) = (Vec::new(), None);
    loop {
        let page = store.read("my visits", |mut tx| async move {
            store.appointments_after(&mut tx, id, after, PAGE).await
        });
        let page = page.await?;
        let Some(last) = page.last() else { return Ok(visits) };
        after = Some(last.id);
        visits.extend(page.iter().map(said::visit));
    }
}

async fn messages(store: &Store, id: AccountId) -> Result<(Vec<Value>, VecDeque<Enclosed>), Error> {
    let (mut messages, mut files, mut skipped) = (Vec::new(), VecDeque::new(), 0);
    loop {
        let page = store
            .read("my messages", |mut tx| async move { messages_page(store, &mut tx, id, skipped).await });
        let page = page.await?;
        if page.is_empty() {
            return Ok((messages, files));
        }
        skipped += PAGE;
        for (message, labels) in page {
            files.extend(labels.iter().map(|label| said::enclosed(&message, label)));
            messages.push(said::written(&message, &labels));
        }
    }
}

async fn messages_page(
    store: &Store,
    tx: &mut Tx,
    id: AccountId,
    skipped: u32,
) -> Result<Vec<(Message, Vec<AttachmentLabel>)>, Error> {
    let mut page = Vec::new();
    for message in store.messages_of(tx, id, skipped, PAGE).await? {
        let labels = store.attachment_labels(tx, id, message.id).await?;
        page.push((message, labels));
    }
    Ok(page)
}

async fn notices(store: &Store, id: AccountId) -> Result<Vec<Value>, Error> {
    let (mut notices, mut skipped) = (Vec::new(), 0);
    loop {
        let page = store
            .read("what I was told", |mut tx| async move { store.told_to(&mut tx, id, skipped, PAGE).await });
        let page: Result<Vec<Told>, Error> = page.await;
        let page = page?;
        if page.is_empty() {
            return Ok(notices);
        }
        skipped += PAGE;
        notices.extend(page.iter().map(said::sent));
    }
}

async fn the_rest(store: &Store, tx: &mut Tx, account: &Account) -> Result<Map<String, Value>, Error> {
    let id = account.id;
    let (mut practices, mut drafts) = (Vec::new(), Vec::new());
    for practice in store.practices_of(tx, id).await? {
        let membership = store.membership(tx, id, &practice.agb).await?;
        practices.push(said::belongs(&practice, membership.as_ref()));
        if let Some(draft) = store.draft(tx, id, &practice.agb).await? {
            drafts.push(said::chosen(practice.agb.as_str(), &draft));
        }
    }
    drafts.extend(beside::moving(store, tx, id).await?);
    let devices: Vec<_> = store.subscriptions_of(tx, id).await?.iter().map(said::device).collect();
    let logins: Vec<_> = store.logins_of(tx, id).await?.iter().map(said::login).collect();
    let rest = json!({
        "account": said::about(account, store.account_since(tx, id).await?),
        "mailAddresses": beside::addresses(store, tx, id).await?,
        "practices": practices,
        "invitations": beside::invitations(store, tx, account).await?,
        "unfinished": drafts,
        "devices": devices,
        "calendarAddress": store.calendar_feed(tx, id).await?.as_ref().map(said::feed),
        "loggedIn": logins,
    });
    Ok(if let Value::Object(rest) = rest { rest } else { Map::new() })
}
