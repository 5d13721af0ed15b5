//! A bundle of slots, read by `serde_json` as far as anybody needs it, without copying a text; and the bundle, copied.

use std::{
    fs,
    hint::black_box,
    path::Path,
    time::{Duration, Instant},
};

use serde::{Deserialize, Serialize};

/// How long each is done again and again.
const LASTING: Duration = Duration::from_millis(1_500);

/// Slots a second that one core does.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Done {
    pub(crate) read: f64,
    pub(crate) copied: f64,
}

#[derive(Deserialize)]
struct Bundle<'a> {
    #[serde(borrow)]
    entry: Vec<Entry<'a>>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "they are read, and that is all")]
struct Entry<'a> {
    #[serde(borrow)]
    resource: Slot<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "they are read, and that is all")]
struct Slot<'a> {
    id: &'a str,
    status: &'a str,
    start: &'a str,
    end: &'a str,
    #[serde(borrow)]
    schedule: Reference<'a>,
    #[serde(borrow)]
    service_category: Vec<Concept<'a>>,
    #[serde(borrow)]
    extension: Vec<Extension<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "they are read, and that is all")]
struct Extension<'a> {
    url: &'a str,
    #[serde(borrow)]
    value_reference: Reference<'a>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "they are read, and that is all")]
struct Reference<'a> {
    reference: &'a str,
    display: Option<&'a str>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "they are read, and that is all")]
struct Concept<'a> {
    #[serde(borrow)]
    coding: Vec<Coding<'a>>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "they are read, and that is all")]
struct Coding<'a> {
    system: &'a str,
    code: &'a str,
}

/// This limit as a process of its own.
///
/// # Errors
/// When it fails.
pub(crate) async fn measure(bundle: &Path) -> anyhow::Result<Done> {
    super::told(&["slots", &bundle.display().to_string()], Path::new("/")).await
}

pub(super) fn run(path: &Path) -> anyhow::Result<Done> {
    let bytes = fs::read(path)?;
    let slots = serde_json::from_slice::<Bundle<'_>>(&bytes)?.entry.len() as f64;
    let read = again_and_again(|| {
        let bundle: Result<Bundle<'_>, _> = serde_json::from_slice(black_box(&bytes));
        black_box(bundle.is_ok());
    });
    let mut copy = vec![0; bytes.len()];
    let copied = again_and_again(|| {
        copy.copy_from_slice(black_box(&bytes));
        black_box(&mut copy);
    });
    Ok(Done { read: slots / read, copied: slots / copied })
}

/// The median of how long it took, in seconds: that something else ran meanwhile does not count.
fn again_and_again(mut work: impl FnMut()) -> f64 {
    let (began, mut took) = (Instant::now(), Vec::new());
    while began.elapsed() < LASTING {
        let once = Instant::now();
        work();
        took.push(once.elapsed().as_secs_f64());
    }
    took.sort_by(f64::total_cmp);
    took[took.len() / 2]
}
