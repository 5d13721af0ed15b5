//! The page, as browsers ask for it.

use std::{io::Write as _, sync::Arc, time::Duration};

use super::super::put::requests::Puts;
use crate::{
    house::{House, PATIENTS},
    load::{Load, Requests},
    stock::EACH,
};

/// Longer than it takes.
const LASTING: Duration = Duration::from_secs(60);
const CLIENTS: usize = 16;

/// What a browser says that it can read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::rows) enum Encoding {
    Plain,
    Compressed,
}

impl Encoding {
    pub(in crate::rows) const ALL: [Self; 2] = [Self::Plain, Self::Compressed];

    pub(in crate::rows) fn words(self) -> &'static str {
        match self {
            Self::Plain => "nothing accepted but text",
            Self::Compressed => "compression accepted",
        }
    }

    fn header(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Compressed => "accept-encoding: gzip, deflate, br, zstd\r\n",
        }
    }
}

/// Gives the first patients of the house twenty appointments each, in the database that copies are made of.
pub(in crate::rows) async fn fill(house: &House, readers: usize) -> anyhow::Result<()> {
    let running = house.run_on(house.filled(), None).await?;
    let puts = Puts::new(&running.token, &house.people, 0);
    let load = Load { address: running.server.address, clients: CLIENTS, lasting: LASTING, expects: 200 };
    let readers = readers as u64;
    let requests = move |number, request: &mut Vec<u8>| {
        // The patient at a place gets every appointment whose number is that place more than a multiple of them all.
        let place = number / readers * PATIENTS as u64 + number % readers;
        number < readers * EACH as u64 && puts.write(place, 0, request)
    };
    load.run(Arc::new(requests)).await?;
    running.server.stop().await
}

/// The overviews of whose cookies these are, in turn.
pub(in crate::rows) fn requests(cookies: &[String], encoding: Encoding) -> Arc<Requests> {
    let (cookies, accepts) = (cookies.to_vec(), encoding.header());
    Arc::new(move |number, request| {
        let cookie = &cookies[usize::try_from(number).unwrap_or_default() % cookies.len()];
        write!(
            request,
            "GET / HTTP/1.1\r\nhost: 127.0.0.1\r\n{accepts}accept: text/html\r\nsec-fetch-site: none\r\n\
             cookie: {cookie}\r\n\r\n"
        )
        .is_ok()
    })
}
