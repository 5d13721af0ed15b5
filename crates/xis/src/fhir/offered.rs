use serde::Deserialize;

/// What a server says it serves (a CapabilityStatement), as far as we want to know.
#[derive(Deserialize)]
pub(crate) struct Offered {
    #[serde(default)]
    rest: Vec<Rest>,
}

#[derive(Deserialize)]
struct Rest {
    #[serde(default)]
    resource: Vec<Resource>,
}

#[derive(Deserialize)]
struct Resource {
    #[serde(rename = "type", default)]
    kind: String,
    #[serde(default)]
    operation: Vec<Operation>,
}

#[derive(Deserialize)]
struct Operation {
    #[serde(default)]
    name: String,
}

impl Offered {
    /// Whether a resource of this kind can be asked this.
    pub(crate) fn has_operation(&self, kind: &str, name: &str) -> bool {
        let of_kind = self.rest.iter().flat_map(|rest| &rest.resource).filter(|one| one.kind == kind);
        // The name stands without its `$`; some write it all the same.
        of_kind.flat_map(|one| &one.operation).any(|one| one.name.trim_start_matches('$') == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fhir::read;

    fn offers(statement: &str) -> bool {
        let read: Offered = read("CapabilityStatement", statement.as_bytes()).ok().unwrap();
        read.has_operation("Appointment", "notices")
    }

    #[test]
    fn an_operation_is_found_on_its_own_kind_of_resource() {
        assert!(offers(
            r#"{"rest":[{"resource":[{"type":"Patient"},{"type":"Appointment","operation":[{"name":"notices"}]}]}]}"#
        ));
        for other in [
            "{}",
            r#"{"rest":[{}]}"#,
            r#"{"rest":[{"resource":[{"type":"Appointment"}]}]}"#,
            r#"{"rest":[{"resource":[{"type":"Slot","operation":[{"name":"notices"}]}]}]}"#,
        ] {
            assert!(!offers(other), "{other}");
        }
    }
}
