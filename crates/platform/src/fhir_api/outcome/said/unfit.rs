//! What is said of a message or an invitation that is not taken.

use axum::http::StatusCode as Http;
use fhir::IssueType as Is;

use super::{Said, said};
use crate::{fhir_api::unfit::Unfit, messages::files::BadFile};

pub(super) fn unfit(unfit: &Unfit) -> Said {
    let bad = |issue, code, text: &str| said(Http::BAD_REQUEST, issue, code, text);
    match unfit {
        Unfit::CategoryMissing => bad(Is::Required, "CATEGORY", "Communication.category is required")
            .do_this("send a category with code melding")
            .at("Communication.category"),
        Unfit::Category => bad(Is::NotSupported, "CATEGORY", "this category of message is not supported")
            .do_this("send a category with code melding; there is no chat here")
            .at("Communication.category"),
        Unfit::Status => {
            bad(Is::CodeInvalid, "COMMUNICATION_STATUS", "this status of a message is not processed")
                .do_this("send completed")
                .at("Communication.status")
        }
        Unfit::Recipient => bad(Is::Value, "RECIPIENT", "the recipient is not one contained Patient")
            .do_this(
                "send one recipient whose reference is # and the id of a Patient in Communication.contained",
            )
            .at("Communication.recipient"),
        Unfit::NoBsn(at) => bad(Is::Required, "NO_BSN", "the patient is not identified by a BSN")
            .do_this("send an identifier with system http://fhir.nl/fhir/NamingSystem/bsn")
            .at(at.as_str()),
        Unfit::TwoBsns(at) => bad(Is::BusinessRule, "TWO_BSNS", "the patient has different BSNs")
            .do_this("send one")
            .at(at.as_str()),
        Unfit::TooLong { at, characters, limit } => {
            let text = format!("this has {characters} characters; at most {limit} are possible");
            bad(Is::TooLong, "TEXT_TOO_LONG", &text)
                .do_this("make it shorter; nothing is cut off here")
                .at(at.as_str())
        }
        Unfit::NoText => bad(Is::Required, "NO_TEXT", "the message has no text")
            .do_this("send one payload with a contentString")
            .at("Communication.payload"),
        Unfit::TwoTexts(at) => bad(Is::BusinessRule, "TWO_TEXTS", "the message has more than one text")
            .do_this("send one payload with a contentString, and files as contentAttachment")
            .at(at.as_str()),
        Unfit::Payload(at) => bad(Is::Value, "PAYLOAD", "a payload is either a text or a file")
            .do_this("send contentString or contentAttachment")
            .at(at.as_str()),
        Unfit::TooManyFiles => {
            bad(Is::BusinessRule, "TOO_MANY_ATTACHMENTS", "at most 5 attachments are possible")
                .do_this("send the others with another message")
                .at("Communication.payload")
        }
        Unfit::FileType(at) => bad(Is::NotSupported, "ATTACHMENT_TYPE", "files of this type are not taken")
            .do_this("send a PDF, JPEG, PNG, Word (doc, docx) or Excel (xls, xlsx) file with its media type")
            .at(at.as_str()),
        Unfit::Base64(at) => bad(Is::Value, "ATTACHMENT_BASE64", "this is not base64")
            .do_this("encode the file in base64 with padding (RFC 4648, 4)")
            .at(at.as_str()),
        Unfit::File { at, why } => bad(Is::Value, code(*why), &why.to_string())
            .do_this("check the file; its content must be what contentType says, without macros")
            .at(at.as_str()),
        Unfit::MailAddress(at) => {
            bad(Is::Value, "MAIL_ADDRESS", "this is not an address that mail can be sent to")
                .do_this("correct it and send the resource again")
                .at(at.as_str())
        }
        Unfit::OutOfReach => said(
            Http::UNPROCESSABLE_ENTITY,
            Is::NotFound,
            "PATIENT_NOT_FOUND",
            "this patient has no account here and no mail address was sent, so nobody was told",
        )
        .do_this("send the patient's mail address as telecom with system email, or tell the patient yourself")
        .at("Communication.recipient"),
        Unfit::UnknownAccount => {
            said(Http::UNPROCESSABLE_ENTITY, Is::NotFound, "PATIENT_NOT_FOUND", "no account here has this id")
                .do_this("identify the patient by BSN")
                .at("Patient.identifier")
        }
        Unfit::Registered => said(
            Http::UNPROCESSABLE_ENTITY,
            Is::Duplicate,
            "ALREADY_REGISTERED",
            "this patient is registered here already",
        )
        .do_this("nothing: appointments and messages reach the patient")
        .at("Patient.identifier"),
        Unfit::Chat => said(
            Http::UNPROCESSABLE_ENTITY,
            Is::NotSupported,
            "CHAT_NOT_SUPPORTED",
            "invitations to a chat are not supported: there is no chat here",
        )
        .do_this("send the Patient without the chat's extensions to invite to this service")
        .at("Patient.extension"),
    }
}

fn code(why: BadFile) -> &'static str {
    match why {
        BadFile::Empty => "ATTACHMENT_EMPTY",
        BadFile::Differs => "ATTACHMENT_DIFFERS",
        BadFile::Macros => "ATTACHMENT_MACROS",
    }
}
