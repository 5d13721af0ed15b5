//! A patient's visits in a calendar that fetches them: the page where its address is made, and the address itself.

mod page;
mod serve;

use axum::routing::{get, post};

use crate::routes::Routes;

/// Before the secret: what follows is not logged.
pub(crate) const PATH: &str = "/calendar/";

/// Where the patient makes the address.
const PAGE: &str = "/preferences/calendar";

pub(super) fn router() -> Routes {
    Routes::new()
        .route(PAGE, get(page::show).post(page::renew))
        .route("/preferences/calendar/stop", post(page::stop))
        .route(&format!("{PATH}{{file}}"), get(serve::serve))
}
