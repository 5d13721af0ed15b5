use serde::Serialize;

/// A searchset.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Bundle<E> {
    resource_type: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<usize>,
    link: Vec<Link>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    entry: Vec<E>,
}

/// Where this page, or another one, is.
#[derive(Serialize)]
pub(crate) struct Link {
    pub(crate) relation: &'static str,
    pub(crate) url: String,
}

/// A resource that matches.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Entry<R> {
    full_url: String,
    resource: R,
    search: Search,
}

#[derive(Serialize)]
struct Search {
    mode: &'static str,
}

impl<R> Bundle<Entry<R>> {
    /// All that match, each with its address.
    pub(crate) fn of(found: impl IntoIterator<Item = (String, R)>, link: Vec<Link>) -> Self {
        let entry = |(full_url, resource)| Entry { full_url, resource, search: Search { mode: "match" } };
        Self::whole(found.into_iter().map(entry).collect(), link)
    }
}

impl<E> Bundle<E> {
    /// All that match, as the contract wants its Schedules: bare, where FHIR has them under `resource` (C11).
    pub(crate) fn whole(entry: Vec<E>, link: Vec<Link>) -> Self {
        Self { resource_type: "Bundle", kind: "searchset", total: Some(entry.len()), link, entry }
    }

    /// One page of more: nobody counted them all.
    pub(crate) fn without_total(self) -> Self {
        Self { total: None, ..self }
    }
}
