use jiff::Timestamp;
use serde::Serialize;

/// What a server can be asked of one resource, beyond what FHIR names itself. Changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "resourceType", rename_all = "camelCase")]
pub struct OperationDefinition {
    id: String,
    url: String,
    name: String,
    status: &'static str,
    kind: &'static str,
    date: Timestamp,
    description: String,
    affects_state: bool,
    code: String,
    resource: [String; 1],
    system: bool,
    #[serde(rename = "type")]
    on_type: bool,
    instance: bool,
    parameter: [Parameter; 1],
}

/// What identifies an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationName {
    /// The id of its definition.
    pub id: String,
    /// Where its definition is.
    pub url: String,
    /// Its name for programs.
    pub name: String,
    /// What stands after the `$`.
    pub code: String,
    /// The type of resource that it is asked of.
    pub resource: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Parameter {
    name: &'static str,
    #[serde(rename = "use")]
    direction: &'static str,
    min: u8,
    max: &'static str,
    documentation: String,
    #[serde(rename = "type")]
    kind: &'static str,
}

impl OperationDefinition {
    /// An operation without arguments on one resource that gives a Bundle.
    #[must_use]
    pub fn giving_bundle(
        name: OperationName,
        date: Timestamp,
        description: impl Into<String>,
        result: impl Into<String>,
    ) -> Self {
        let result = Parameter {
            name: "return",
            direction: "out",
            min: 1,
            max: "1",
            documentation: result.into(),
            kind: "Bundle",
        };
        Self {
            id: name.id,
            url: name.url,
            name: name.name,
            status: "active",
            kind: "operation",
            date,
            description: description.into(),
            affects_state: false,
            code: name.code,
            resource: [name.resource],
            system: false,
            on_type: false,
            instance: true,
            parameter: [result],
        }
    }
}
