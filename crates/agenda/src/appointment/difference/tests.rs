use super::super::examples::{coding, content, later, patient, practitioner, time};
use super::{Difference::*, *};

fn unnamed(display: &str) -> Participant {
    Participant { reference: None, ..practitioner("", display) }
}

#[test]
fn a7_order_and_zone_do_not_count() {
    let mut newer = content();
    newer.participants.reverse();
    newer.categories = vec![coding("CONSULT", "Consult"), coding("CONSULT", "Consult")];
    newer.start = time("2026-04-10T11:00:00+02:00");
    assert_eq!(content().compare(&newer), Same);
}

#[test]
fn a7_null_blank_and_absent_are_one() {
    let mut newer = content();
    newer.comment = Some("  \n".to_owned());
    newer.participants.push(Participant { reference: None, display: None, is_patient: false });
    assert_eq!(content().compare(&newer), Same);
}

#[test]
fn a7_what_things_are_called_is_wording() {
    let visit = content();
    let renamed = vec![patient(), practitioner("PractitionerRole/1", "Huisarts Jansen")];
    assert_eq!(visit.compare(&Content { participants: renamed, ..content() }), Wording);
    let retitled = vec![coding("CONSULT", "Gesprek")];
    assert_eq!(visit.compare(&Content { categories: retitled, ..content() }), Wording);
}

#[test]
fn a7_time_kind_practitioner_and_comment_are_changes() {
    let changed = [
        later(),
        Content { end: time("2026-04-10T09:40:00Z"), ..content() },
        Content { comment: Some("Nuchter komen".to_owned()), ..content() },
        Content { categories: vec![coding("VIDEO", "Consult")], ..content() },
        Content {
            participants: vec![patient(), practitioner("PractitionerRole/2", "Dokter Jansen")],
            ..content()
        },
        Content { participants: vec![patient()], ..content() },
    ];
    for newer in changed {
        assert_eq!(content().compare(&newer), Changed, "{newer:?}");
    }
}

#[test]
fn a7_without_a_reference_the_name_is_the_participant() {
    let with = |display| Content { participants: vec![patient(), unnamed(display)], ..content() };
    assert_eq!(with("Dokter Jansen").compare(&with("Dokter De Vries")), Changed);
    assert_eq!(with("Dokter Jansen").compare(&with(" Dokter Jansen")), Same);
}

#[test]
fn a12_the_patient_is_no_part_of_the_comparison() {
    let other = Participant { reference: Some("Patient/999".to_owned()), ..patient() };
    let newer = Content {
        participants: vec![other, practitioner("PractitionerRole/1", "Dokter Jansen")],
        ..content()
    };
    assert_eq!(content().compare(&newer), Wording);
}
