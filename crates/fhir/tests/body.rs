//! What counts as a body at all, whatever the resource.

use fhir::incoming::{Appointment, AppointmentResponse, Slot};
use fhir::{IssueType, ParseError, parse};

fn fault(body: &[u8]) -> ParseError {
    parse::<Appointment>(body).expect_err("a fault")
}

#[test]
fn another_resource_is_refused_by_name() {
    let error = fault(br#"{"resourceType":"Slot","id":"1"}"#);
    assert_eq!(
        error.to_string(),
        "Appointment.resourceType: expected a resource of type Appointment, this is of type Slot"
    );
    assert_eq!(error.issue_type, IssueType::Invalid);
}

#[test]
fn a_name_that_is_no_name_is_not_repeated() {
    for name in [r#""999990019""#, "999990019", r#"["999990019"]"#, r#""""#, "true"] {
        let error = fault(format!(r#"{{"resourceType":{name}}}"#).as_bytes());
        assert_eq!(error.to_string(), "Appointment.resourceType: expected Appointment");
    }
}

#[test]
fn a_missing_type_is_refused() {
    for body in [&br#"{"id":"1"}"#[..], br#"{"resourceType":null}"#, b"{}"] {
        let error = fault(body);
        assert_eq!(error.to_string(), "Appointment.resourceType: this is missing, expected Appointment");
        assert_eq!(error.issue_type, IssueType::Required);
    }
}

#[test]
fn b3_an_appointment_response_may_leave_its_type_out_but_not_be_another() {
    let response: AppointmentResponse = parse(br#"{"participantStatus":"accepted"}"#).unwrap();
    assert_eq!(response.participant_status.as_deref(), Some("accepted"));
    assert!(parse::<AppointmentResponse>(br#"{"resourceType":"Appointment"}"#).is_err());
}

#[test]
fn what_is_not_an_object_is_refused() {
    for body in ["[]", "null", "1", r#""text""#] {
        assert_eq!(fault(body.as_bytes()).to_string(), "Appointment: expected an object", "{body}");
    }
}

#[test]
fn what_is_not_json_is_refused_with_its_line_and_column() {
    for body in
        ["", "{", r#"{"resourceType":"Appointment","id":}"#, "<html>", r#"{"resourceType":"Appointment"} x"#]
    {
        let error = fault(body.as_bytes());
        assert_eq!(error.expression, "Appointment", "{body}");
        assert!(
            error.problem.starts_with("this is not valid JSON, or nested too deep (line 1, column "),
            "{body}"
        );
    }
    assert!(parse::<Appointment>(b"{\"resourceType\":\"Appointment\",\"id\":\"\xFF\"}").is_err());
}

#[test]
fn deep_nesting_is_refused_and_does_no_harm() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let with = |field| format!(r#"{{"resourceType":"Appointment","{field}":{deep}}}"#);
    for field in ["extension", "participant", "slot"] {
        assert!(parse::<Appointment>(with(field).as_bytes()).is_err(), "{field}");
    }
    // D14: what is not read is not refused either.
    assert!(parse::<Appointment>(with("unknown").as_bytes()).is_ok());
    let objects = r#"{"contains":"#.repeat(10_000);
    assert!(
        parse::<fhir::incoming::ValueSet>(
            format!(r#"{{"resourceType":"ValueSet","expansion":{objects}"#).as_bytes()
        )
        .is_err()
    );
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    assert!(parse::<Appointment>(b"\xEF\xBB\xBF{\"resourceType\":\"Appointment\"}").is_ok());
}

#[test]
fn a_required_field_that_is_missing_or_null_is_told_by_its_place() {
    let missing =
        parse::<Slot>(br#"{"resourceType":"Slot","id":"1","end":"2026-04-10T09:00Z"}"#).unwrap_err();
    assert_eq!(missing.to_string(), "Slot.start: this is missing");
    assert_eq!(missing.issue_type, IssueType::Required);
    let null = parse::<Slot>(br#"{"resourceType":"Slot","id":null}"#).unwrap_err();
    assert_eq!(null.to_string(), "Slot.id: expected a text");
}
