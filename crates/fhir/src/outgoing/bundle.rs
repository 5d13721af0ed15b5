use serde::Serialize;

/// Everything that was found, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "resourceType", rename = "Bundle")]
pub struct Searchset<R> {
    #[serde(rename = "type")]
    kind: &'static str,
    total: usize,
    link: [Link; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    entry: Vec<Entry<R>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Link {
    relation: &'static str,
    url: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry<R> {
    full_url: String,
    resource: R,
    search: Search,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Search {
    mode: &'static str,
}

impl<R> Searchset<R> {
    /// What was found at the address `url`, each resource with its own address.
    pub fn new(url: String, found: impl IntoIterator<Item = (String, R)>) -> Self {
        let entry = |(full_url, resource)| Entry { full_url, resource, search: Search { mode: "match" } };
        let entry: Vec<_> = found.into_iter().map(entry).collect();
        Self { kind: "searchset", total: entry.len(), link: [Link { relation: "self", url }], entry }
    }
}
