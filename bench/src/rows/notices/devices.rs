//! Patients' devices, which are subscribed as a browser's script does it.

use std::time::Duration;

use anyhow::bail;
use futures::{StreamExt as _, TryStreamExt as _, stream};
use reqwest::{Client, StatusCode, header};
use serde_json::json;

use crate::{house::House, push::PushService};

const AT_ONCE: usize = 16;
/// The keys of the example in RFC 8291, section 5. Nobody reads what is sealed with them.
const P256DH: &str =
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
const AUTH: &str = "BTBZMqHH6r4Tts7J_aSIgg";

/// Gives each patient of the house one device, in the database that copies are made of.
pub(super) async fn subscribe(house: &House, push: &PushService) -> anyhow::Result<()> {
    let server = house.start(&house.filled()).await?;
    let cookies = house.log_in(&house.people).await?;
    let client = Client::builder().timeout(Duration::from_secs(30)).build()?;
    stream::iter(house.people.iter().zip(cookies))
        .map(|(person, cookie)| {
            // The address says whose it is.
            let endpoint = format!("{}/push/{}", push.origin, person.mail);
            let body = json!({ "endpoint": endpoint, "keys": { "p256dh": P256DH, "auth": AUTH } });
            add(&client, house.url(), cookie, body.to_string())
        })
        .buffer_unordered(AT_ONCE)
        .try_collect::<()>()
        .await?;
    server.stop().await
}

async fn add(client: &Client, platform: String, cookie: String, body: String) -> anyhow::Result<()> {
    let request = client
        .post(format!("{platform}/push/subscriptions"))
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ORIGIN, platform)
        .header("sec-fetch-site", "same-origin")
        .header(header::COOKIE, cookie);
    let answer = request.body(body).send().await?;
    if answer.status() != StatusCode::CREATED {
        bail!("a device was not kept: {} {}", answer.status(), answer.text().await?);
    }
    Ok(())
}
