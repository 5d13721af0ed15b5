/// The id in a reference to a `kind` of resource (B7): `Appointment/123` and
/// `https://…/Appointment/123/_history/4` both give `123`.
///
/// An absolute reference counts only under `base`, the address of the server that the id belongs to; without a
/// base, only a relative one does.
#[must_use]
pub fn reference_id<'a>(reference: &'a str, kind: &str, base: Option<&str>) -> Option<&'a str> {
    let relative = match base.and_then(|base| reference.strip_prefix(base.trim_end_matches('/'))) {
        Some(rest) => rest.strip_prefix('/')?,
        None => reference,
    };
    let id = without_history(relative).strip_prefix(kind)?.strip_prefix('/')?;
    is_id(id).then_some(id)
}

/// A reference without the version it names.
#[must_use]
pub fn without_history(reference: &str) -> &str {
    reference.split_once("/_history/").map_or(reference, |(resource, _)| resource)
}

/// Wider than FHIR's own ids (systems use underscores and more), but still one segment of a path.
fn is_id(text: &str) -> bool {
    let breaks_a_path = |letter: char| {
        matches!(letter, '/' | '?' | '#' | '\\') || letter.is_whitespace() || letter.is_control()
    };
    !text.is_empty() && text != "." && text != ".." && text.len() <= 128 && !text.contains(breaks_a_path)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: Option<&str> = Some("https://xis.example/fhir/r4/");

    #[test]
    fn b7_relative_absolute_and_versioned_references_give_the_id() {
        for reference in [
            "Appointment/123",
            "Appointment/123/_history/4",
            "https://xis.example/fhir/r4/Appointment/123",
            "https://xis.example/fhir/r4/Appointment/123/_history/4",
        ] {
            assert_eq!(reference_id(reference, "Appointment", BASE), Some("123"), "{reference}");
        }
    }

    #[test]
    fn b7_another_server_another_kind_or_no_id_gives_nothing() {
        for reference in [
            "https://other.example/fhir/r4/Appointment/123",
            "https://xis.example/fhir/r4evil/Appointment/123",
            "Slot/123",
            "AppointmentResponse/123",
            "Appointment/",
            "Appointment/..",
            "Appointment/1/2",
            "Appointment/1?x=2",
            "urn:uuid:0b8f4e5e-7a34-4c3c-8f0a-111111111111",
            "123",
            "",
        ] {
            assert_eq!(reference_id(reference, "Appointment", BASE), None, "{reference}");
        }
    }

    #[test]
    fn b7_without_a_base_only_a_relative_reference_counts() {
        assert_eq!(reference_id("Appointment/a_b.c-1", "Appointment", None), Some("a_b.c-1"));
        assert_eq!(reference_id("https://xis.example/fhir/r4/Appointment/1", "Appointment", None), None);
    }
}
