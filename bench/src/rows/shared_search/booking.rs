//! Patients who choose the same slot from a list that they share: who has it is decided at the practice's system.

use std::net::SocketAddr;

use anyhow::{Context as _, bail};
use futures::future::try_join_all;

use super::{ASKED, BOOKED, BOOKING, SLOTS, times};
use crate::{
    browser::Browser,
    clock,
    figures::Figures,
    house,
    stand_in::{StandIn, slots},
};

pub(super) const PATIENTS: usize = 16;

/// All confirm at once.
pub(super) async fn race(
    platform: SocketAddr,
    cookies: &[String],
    stand_in: &StandIn,
) -> anyhow::Result<Figures> {
    stand_in.offer(slots(SLOTS, 1, 0)).await?;
    let chosen = try_join_all(cookies.iter().take(PATIENTS).map(|cookie| choose(platform, cookie))).await?;
    stand_in.calls().await?;
    let check = format!("/book/{}/check", house::practice(0));
    let sent = chosen.into_iter().map(|(browser, form)| {
        let (mut browser, check) = (browser, check.clone());
        async move { browser.send(&check, ("form", &form)).await }
    });
    let led_to = try_join_all(sent).await?;
    let booked = led_to.iter().filter(|place| place.starts_with("/appointments/")).count();
    let gone = led_to.iter().filter(|place| place.contains("gone=")).count();
    if booked + gone != PATIENTS {
        bail!("not everybody was told: {led_to:?}");
    }
    let calls = stand_in.calls().await?;
    let asked = calls.iter().filter(|call| call.method == "POST").count();
    let mut figures = Figures::default();
    figures.add(BOOKING, ASKED, asked as f64);
    figures.add(BOOKING, BOOKED, booked as f64);
    Ok(figures)
}

/// Up to the page that asks whether it is all right; the key of its form.
async fn choose(platform: SocketAddr, cookie: &str) -> anyhow::Result<(Browser, String)> {
    let (mut browser, day) = (Browser::open(platform, cookie).await?, clock::date(9));
    let slot = format!("1-{}-0420", day.replace('-', ""));
    let reason = browser.send(&format!("{}&day={day}", times()), ("slot", &slot)).await?;
    let check = browser.send(&reason, ("reason", "Pijn in mijn knie")).await?;
    let page = browser.read(&check).await?;
    let form = page.text.split("name=\"form\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    Ok((browser, form.context("there is no form to confirm")?.to_owned()))
}
