use serde_json::{Value, json};

/// What this server can do, for whoever builds against it.
pub(crate) fn capability_statement(base: &str) -> Value {
    let search = |kind: &str, parameters: &[(&str, &str)]| {
        let parameters = parameters.iter().map(|(name, kind)| json!({ "name": name, "type": kind }));
        let parameters: Vec<Value> = parameters.collect();
        let mut resource = json!({ "type": kind, "interaction": [{ "code": "search-type" }] });
        if !parameters.is_empty() {
            resource["searchParam"] = Value::Array(parameters);
        }
        resource
    };
    let mut appointment = search("Appointment", &[("_id", "token"), ("identifier", "token")]);
    appointment["interaction"] = json!([{ "code": "read" }, { "code": "search-type" }, { "code": "create" }]);
    appointment["conditionalCreate"] = json!(true);
    appointment["versioning"] = json!("versioned");
    json!({
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": "2026-11-22",
        "kind": "instance",
        "software": { "name": "Balie reference XIS", "version": env!("CARGO_PKG_VERSION") },
        "implementation": { "description": "The appointment API of a practice information system", "url": base },
        "fhirVersion": "4.0.1",
        "format": ["application/fhir+json", "application/json"],
        "rest": [{
            "mode": "server",
            "security": {
                "service": [{ "coding": [{
                    "system": "http://terminology.hl7.org/CodeSystem/restful-security-service", "code": "OAuth"
                }] }],
                "description": "A bearer token (RFC 6750) and the header X-Organization-Identifier on every call"
            },
            "resource": [
                { "type": "ValueSet", "interaction": [{ "code": "read" }] },
                search("Patient", &[]),
                search("PractitionerRole", &[]),
                search("Schedule", &[("service-category", "token")]),
                search("Slot", &[
                    ("schedule", "reference"), ("schedule.date", "date"),
                    ("service-category", "token"), ("status", "token"),
                ]),
                appointment,
                { "type": "AppointmentResponse", "interaction": [{ "code": "create" }] }
            ]
        }]
    })
}
