//! What is said of a search for a patient that finds nobody.

use axum::http::StatusCode as Http;
use fhir::IssueType as Is;

use super::{Said, said};
use crate::fhir_api::patient_search::Unsearchable;

const FORM: &str = "POST /fhir/r4/Patient/_search with identifier=SYSTEM|VALUE in a form";

pub(super) fn unsearchable(why: Unsearchable) -> Said {
    let bad = |issue, code, text: &str| said(Http::BAD_REQUEST, issue, code, text).at("identifier");
    match why {
        Unsearchable::InAddress => {
            bad(Is::Security, "IDENTIFIER_IN_ADDRESS", "nobody is searched for by an address: logs would keep it")
                .do_this(FORM)
        }
        Unsearchable::NotAForm => {
            said(Http::UNSUPPORTED_MEDIA_TYPE, Is::NotSupported, "MEDIA_TYPE", "the body of a search must be a form")
                .do_this("send Content-Type: application/x-www-form-urlencoded")
        }
        Unsearchable::NoIdentifier => {
            bad(Is::Required, "REQUIRED", "the parameter identifier is required").do_this(FORM)
        }
        Unsearchable::TwoIdentifiers => {
            bad(Is::BusinessRule, "TWO_IDENTIFIERS", "one patient is searched for at a time")
                .do_this("send the parameter identifier once")
        }
        Unsearchable::Identifier => bad(Is::Value, "IDENTIFIER", "this is no identifier that is searched by").do_this(
            "send http://fhir.nl/fhir/NamingSystem/bsn|BSN or http://spreekuur.nl/fhir/NamingSystem/patientIdpId|UUID",
        ),
        Unsearchable::NotFound => said(
            Http::NOT_FOUND,
            Is::NotFound,
            "PATIENT_NOT_FOUND",
            "this practice has no patient here with this identifier",
        )
        .do_this("POST /fhir/r4/Patient invites the patient by mail")
        .at("identifier"),
    }
}
