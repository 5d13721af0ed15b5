use jiff::Timestamp;
use serde::Serialize;

use crate::outgoing::{CodeableConcept, Coding, is_blank};
use crate::{Interaction, SearchParamType, naming};

/// What a server serves, for `GET /metadata`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "resourceType", rename_all = "camelCase")]
pub struct CapabilityStatement {
    status: &'static str,
    date: Timestamp,
    kind: &'static str,
    software: Software,
    implementation: Implementation,
    fhir_version: &'static str,
    format: [&'static str; 2],
    rest: [Rest; 1],
}

/// Which server, and how it is entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// The name of the program.
    pub software: String,
    /// Its version.
    pub version: String,
    /// What this installation is for.
    pub description: String,
    /// The base address.
    pub url: String,
    /// When what it serves last changed.
    pub date: Timestamp,
    /// How to get in: where tokens come from.
    pub security: String,
}

impl CapabilityStatement {
    /// Of a server that serves these resources over OAuth, and no other.
    #[must_use]
    pub fn new(server: Server, resource: Vec<ResourceCapability>) -> Self {
        Self {
            status: "active",
            date: server.date,
            kind: "instance",
            software: Software { name: server.software, version: server.version },
            implementation: Implementation { description: server.description, url: server.url },
            fhir_version: naming::FHIR_VERSION,
            format: [naming::FHIR_JSON, naming::JSON],
            rest: [Rest { mode: "server", security: Security::oauth(server.security), resource }],
        }
    }
}

/// What may be done with one type of resource.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ResourceCapability {
    #[serde(rename = "type")]
    resource: String,
    #[serde(skip_serializing_if = "is_blank")]
    documentation: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    interaction: Vec<InteractionCapability>,
    #[serde(skip_serializing_if = "Option::is_none")]
    update_create: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    search_param: Vec<SearchParam>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    operation: Vec<OperationCapability>,
}

impl ResourceCapability {
    /// Of the type `resource`, with a sentence about it.
    #[must_use]
    pub fn new(resource: &str, documentation: impl Into<String>) -> Self {
        Self { resource: resource.to_owned(), documentation: Some(documentation.into()), ..Self::default() }
    }

    /// With this interaction too.
    #[must_use]
    pub fn interaction(mut self, code: Interaction) -> Self {
        self.interaction.push(InteractionCapability { code });
        self
    }

    /// An update of an unknown id creates it.
    #[must_use]
    pub fn update_creates(mut self) -> Self {
        self.update_create = Some(true);
        self
    }

    /// With this operation too: its name after the `$`, the address of its definition, a sentence about it.
    #[must_use]
    pub fn operation(mut self, name: &str, definition: String, documentation: impl Into<String>) -> Self {
        let documentation = Some(documentation.into());
        self.operation.push(OperationCapability { name: name.to_owned(), definition, documentation });
        self
    }

    /// With this search parameter too.
    #[must_use]
    pub fn search_param(
        mut self,
        name: &str,
        kind: SearchParamType,
        documentation: impl Into<String>,
    ) -> Self {
        let documentation = Some(documentation.into());
        self.search_param.push(SearchParam { name: name.to_owned(), kind, documentation });
        self
    }
}

/// One way to search.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SearchParam {
    /// The name in the URL or form.
    pub name: String,
    /// How its value is read.
    #[serde(rename = "type")]
    pub kind: SearchParamType,
    /// A sentence about it.
    #[serde(skip_serializing_if = "is_blank")]
    pub documentation: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct OperationCapability {
    name: String,
    definition: String,
    #[serde(skip_serializing_if = "is_blank")]
    documentation: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Software {
    name: String,
    version: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Implementation {
    description: String,
    url: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Rest {
    mode: &'static str,
    security: Security,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    resource: Vec<ResourceCapability>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Security {
    service: [CodeableConcept; 1],
    #[serde(skip_serializing_if = "String::is_empty")]
    description: String,
}

impl Security {
    fn oauth(description: String) -> Self {
        let system = Some("http://terminology.hl7.org/CodeSystem/restful-security-service".to_owned());
        let service = Coding { system, code: "OAuth".to_owned(), display: Some("OAuth".to_owned()) };
        Self { service: [service.into()], description }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct InteractionCapability {
    code: Interaction,
}
