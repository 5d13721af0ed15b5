//! Tokens and assertions by every way to get them wrong, at the URLs where they are shown (RFC 6750, 7523, 8725, 9068).

mod access;
mod assertions;
mod vendors;

use serde_json::{Value, json};
use testkit::{Answer, JAN, Kit, appointment};

/// A client's claims that are good for five minutes, from now on the kit's clock; those of `change` are other.
fn claims(kit: &Kit, issuer: &str, audience: &str, change: &Value) -> Value {
    let now = second(kit, 0);
    let good = json!({ "iss": issuer, "aud": audience, "iat": now, "exp": now + 300, "jti": "one" });
    testkit::changed(&good, change)
}

/// So many seconds from now on the kit's clock.
fn second(kit: &Kit, from_now: i64) -> i64 {
    world::Clock::now(&kit.clock).as_second() + from_now
}

/// Plans an appointment at this practice with this token.
async fn plan(kit: &Kit, agb: &str, token: &str) -> Answer {
    let call = kit.http.put(format!("{}/fhir/r4/Appointment/a", kit.base)).bearer_auth(token);
    let call = call.header("x-organization-identifier", agb).header("content-type", "application/fhir+json");
    Answer::to(call.body(appointment("a", JAN).to_string())).await
}
