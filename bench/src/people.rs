//! Patients, who log in and prove a mail address by the portal's own forms.

use std::collections::HashMap;

use anyhow::{Context as _, bail};
use futures::{FutureExt as _, StreamExt as _, TryStreamExt as _, future, stream};
use reqwest::{Client, Response, header, redirect::Policy};
use url::Url;

use crate::{provider::Provider, sink::Sink};

/// So many log in at once.
const AT_ONCE: usize = 16;

#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) bsn: String,
    pub(crate) name: String,
    pub(crate) mail: String,
}

/// So many different people, with numbers that are nobody's.
pub(crate) fn some(count: usize) -> Vec<Person> {
    (999_900_000..1_000_000_000)
        .map(|number: u32| number.to_string())
        .filter(|bsn| passes_eleven(bsn))
        .take(count)
        .enumerate()
        .map(|(number, bsn)| Person {
            bsn,
            name: format!("Patient {number}"),
            mail: format!("patient.{number}@patient.example"),
        })
        .collect()
}

/// The check on a BSN: its digits times 9 to 2, and the last one times -1, come to a multiple of 11.
fn passes_eleven(bsn: &str) -> bool {
    let digits = bsn.bytes().map(|digit| i32::from(digit - b'0'));
    let weights = [9, 8, 7, 6, 5, 4, 3, 2, -1];
    digits.zip(weights).map(|(digit, weight)| digit * weight).sum::<i32>() % 11 == 0
}

/// Lets all of them log in for the first time and say where they want mail.
///
/// # Errors
/// When one of them cannot.
pub(crate) async fn register(
    people: &[Person],
    platform: &str,
    (provider, sink): (&Provider, &Sink),
) -> anyhow::Result<()> {
    let client =
        Client::builder().redirect(Policy::none()).timeout(std::time::Duration::from_secs(30)).build()?;
    stream::iter(people)
        .map(|person| {
            let visitor = Visitor { client: client.clone(), platform: platform.to_owned() };
            async move {
                let cookie = visitor.log_in(person, provider).await?;
                visitor.prove_address(person, &cookie, sink).await.with_context(|| person.name.clone())
            }
        })
        .buffer_unordered(AT_ONCE)
        .try_collect()
        .await
}

/// Lets all of them log in; the cookies of their sessions, in their order.
///
/// # Errors
/// When one of them cannot.
pub(crate) async fn log_in(
    people: &[Person],
    platform: &str,
    provider: &Provider,
) -> anyhow::Result<Vec<String>> {
    let client =
        Client::builder().redirect(Policy::none()).timeout(std::time::Duration::from_secs(30)).build()?;
    let visitor = Visitor { client, platform: platform.to_owned() };
    let mut cookies = Vec::new();
    for together in people.chunks(AT_ONCE) {
        let logins = together.iter().map(|person| visitor.log_in(person, provider).boxed());
        cookies.extend(future::try_join_all(logins).await?);
    }
    Ok(cookies)
}

struct Visitor {
    client: Client,
    platform: String,
}

impl Visitor {
    /// Gives the session's cookie.
    async fn log_in(&self, person: &Person, provider: &Provider) -> anyhow::Result<String> {
        let sent = self.client.get(format!("{}/login", self.platform)).send().await?;
        let cookie = cookie_of(&sent)?;
        let asked = Url::parse(&location_of(&sent)?)?;
        let asked: HashMap<String, String> = asked.query_pairs().into_owned().collect();
        let parameter =
            |name: &str| asked.get(name).with_context(|| format!("the login does not send {name}"));
        let code = provider.code(person, parameter("nonce")?);
        let mut back = Url::parse(parameter("redirect_uri")?)?;
        back.query_pairs_mut().append_pair("code", &code).append_pair("state", parameter("state")?);
        let came = self.client.get(back).header(header::COOKIE, cookie).send().await?;
        if !came.status().is_redirection() {
            bail!("not logged in: {} {}", came.status(), came.text().await?);
        }
        let cookies = came.headers().get_all(header::SET_COOKIE).iter().filter_map(|line| line.to_str().ok());
        let session =
            cookies.filter_map(|line| line.split(';').next()).find(|line| line.contains("session="));
        Ok(session.context("the login begins no session")?.to_owned())
    }

    async fn prove_address(&self, person: &Person, cookie: &str, sink: &Sink) -> anyhow::Result<()> {
        self.send("/preferences/address", ("address", &person.mail), cookie).await?;
        let code = sink.asked(&person.mail).await?;
        self.send("/preferences/address/code", ("code", &code), cookie).await
    }

    /// Sends a form, as a page of the same site does.
    async fn send(&self, path: &str, (field, value): (&str, &str), cookie: &str) -> anyhow::Result<()> {
        let form = url::form_urlencoded::Serializer::new(String::new()).append_pair(field, value).finish();
        let request = self
            .client
            .post(format!("{}{path}", self.platform))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ORIGIN, &self.platform)
            .header("sec-fetch-site", "same-origin")
            .header(header::COOKIE, cookie);
        let answer = request.body(form).send().await?;
        if !answer.status().is_redirection() || location_of(&answer)?.contains("said=") {
            bail!("{path} was answered {}: {}", answer.status(), answer.text().await?);
        }
        Ok(())
    }
}

fn location_of(answer: &Response) -> anyhow::Result<String> {
    let location = answer.headers().get(header::LOCATION).context("there is no redirect")?;
    Ok(location.to_str()?.to_owned())
}

fn cookie_of(answer: &Response) -> anyhow::Result<String> {
    let line = answer.headers().get(header::SET_COOKIE).context("there is no cookie")?.to_str()?;
    Ok(line.split(';').next().unwrap_or_default().to_owned())
}
