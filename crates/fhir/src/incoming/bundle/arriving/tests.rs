use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::incoming::Slot;

/// Keeps the name of every slot but those called 3.
struct Names;

impl Keep for Names {
    type Wire<'a> = Slot<'a>;
    type Kept = String;

    fn keep(&mut self, slot: Slot<'_>) -> Option<String> {
        (slot.id != "3").then(|| slot.id.into_owned())
    }
}

fn in_pieces<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Result<Bundle<String>, ParseError> {
    let mut arriving = Arriving::new(Names);
    pieces.into_iter().for_each(|piece| arriving.take(piece));
    arriving.end()
}

fn at_once(body: &str) -> Result<Bundle<String>, ParseError> {
    Bundle::one_by_one(body.as_bytes(), |slot| Names.keep(slot))
}

fn slot(id: &str) -> Value {
    json!({
        "fullUrl": format!("https://xis.example/Slot/{id}"),
        "resource": {
            "resourceType": "Slot", "id": id, "status": "free",
            "start": "2026-04-10T09:00:00Z", "end": "2026-04-10T09:30:00Z",
            "serviceCategory": [{ "coding": [{ "system": "s", "code": "CONSULT", "display": "Consult" }] }],
            "schedule": { "reference": "Schedule/3" }
        }
    })
}

fn bundle() -> Value {
    let next = json!([{ "relation": "next", "url": "https://xis.example/Slot?page=2" }]);
    json!({ "resourceType": "Bundle", "entry": [slot("1"), slot("2")], "link": next })
}

/// Every value with, in turn, something else in each of its places.
fn spoiled(value: &Value) -> Vec<Value> {
    let mut spoiled = vec![json!(null), json!(5), json!("Slot"), json!([]), json!({}), json!([value])];
    match value {
        Value::Object(fields) => {
            for (key, field) in fields {
                let with = |field: Option<Value>| {
                    let mut fields = fields.clone();
                    fields.remove(key);
                    fields.extend(field.map(|field| (key.clone(), field)));
                    Value::Object(fields)
                };
                spoiled.push(with(None));
                spoiled.extend(self::spoiled(field).into_iter().map(|field| with(Some(field))));
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                spoiled.extend(self::spoiled(item).into_iter().map(|item| {
                    let mut items = items.clone();
                    items[index] = item;
                    Value::Array(items)
                }));
            }
        }
        _ => {}
    }
    spoiled
}

/// What is no bundle as a whole is none in pieces, and otherwise both are the same.
fn check(body: &str, piece: usize) {
    match (in_pieces(body.as_bytes().chunks(piece)), at_once(body)) {
        (Ok(read), Ok(whole)) => assert_eq!(read, whole, "{body}"),
        (Err(_), Err(_)) => {}
        (read, whole) => panic!("{read:?}, but {whole:?}: {body}"),
    }
}

#[test]
fn an_ordinary_bundle_is_read_wherever_it_is_cut() {
    let body = bundle().to_string();
    for place in 0..body.len() {
        let (begin, end) = body.as_bytes().split_at(place);
        let read = in_pieces([begin, end]).unwrap();
        assert_eq!(read.resources, ["1", "2"]);
        assert_eq!(read.next.as_deref(), Some("https://xis.example/Slot?page=2"));
    }
}

#[test]
fn what_is_kept_of_each_entry_is_kept_once_though_another_is_bad() {
    let bad = json!({ "resource": { "resourceType": "Slot", "id": "2" } });
    let entries = json!([slot("1"), bad, slot("3"), slot("4")]);
    let body = json!({ "resourceType": "Bundle", "entry": entries }).to_string();
    let bundle = in_pieces(body.as_bytes().chunks(100)).unwrap();
    assert_eq!((bundle.resources, bundle.passed_over), (vec!["1".to_owned(), "4".to_owned()], 1));
    assert_eq!(bundle.skipped.iter().map(|skipped| skipped.index).collect::<Vec<_>>(), [1]);
}

#[test]
fn what_is_odd_is_the_same_in_pieces() {
    for value in spoiled(&bundle()) {
        let body = value.to_string();
        for piece in [1, 7, 64, usize::MAX] {
            check(&body, piece);
        }
    }
}

#[test]
fn a_field_that_comes_twice_is_as_odd_in_pieces() {
    let (bundle, link) = (r#""resourceType":"Bundle""#, r#""link":[]"#);
    let resource = slot("1")["resource"].to_string();
    let (entry, other) = (format!(r#""entry":[{{"resource":{resource}}}]"#), r#""resourceType":"Patient""#);
    let both = format!(r#""entry":[{{"resource":{resource},"resource":{resource}}}]"#);
    for fields in [
        vec![bundle, &entry, link, bundle],
        vec![bundle, &entry, link, &entry],
        vec![bundle, &entry, link, link],
        vec![bundle, r#""\u0065ntry":[]"#, &entry],
        vec![r#""\u0065ntry":[{}]"#, bundle],
        vec![other, bundle, &entry],
        vec![bundle, &both],
    ] {
        let body = format!("{{{}}}", fields.join(","));
        [1, 16, usize::MAX].into_iter().for_each(|piece| check(&body, piece));
    }
}

#[test]
fn what_is_no_json_among_the_entries_is_noticed() {
    for entries in [
        "",
        " ",
        "{}",
        "{},{}",
        "{} {}",
        "{},",
        ",{}",
        "{},,{}",
        "5",
        "5 5",
        "55,",
        "nul",
        "null",
        "null,5 ",
        "x",
        "{]",
        "{}}",
        "[1],\"a\"",
        "\"a",
        "{\"a\":1e}",
        "tru",
        "\u{c}{}",
    ] {
        for end in ["]}", "]", "", "]}}", "]} ", "],\"link\":[]}", "],\"link\":}", "],\"entry\":[]}", "]]}"] {
            let body = format!(r#"{{"resourceType":"Bundle","entry":[{entries}{end}"#);
            [1, 3, usize::MAX].into_iter().for_each(|piece| check(&body, piece));
        }
    }
}

#[test]
fn the_place_of_what_is_no_json_is_told() {
    let told = |body: &str| in_pieces([body.as_bytes()]).unwrap_err().to_string();
    assert_eq!(
        told(r#"{"resourceType":"Bundle","entry":[{},{"a":"999990019"#),
        "Bundle.entry[1]: this is not valid JSON, nested too deep, or not whole"
    );
    assert_eq!(
        told(r#"{"resourceType":"Bundle","entry":[{}],"a":999990019x}"#),
        "Bundle: this is not valid JSON after its entries"
    );
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    let body = format!("\u{feff}{}", bundle());
    assert_eq!(in_pieces(body.as_bytes().chunks(2)).unwrap().resources, ["1", "2"]);
}

#[test]
fn a_letter_of_several_bytes_may_be_cut_and_what_is_no_letter_is_not_read() {
    let body = bundle().to_string().replace("CONSULT", "Spoëd 🚑");
    for piece in 1..9 {
        assert_eq!(in_pieces(body.as_bytes().chunks(piece)).unwrap().resources, ["1", "2"]);
    }
    let whole = bundle().to_string().into_bytes();
    let mut unread = 0;
    for place in 0..whole.len() {
        let mut broken = whole.clone();
        broken[place] = 0xFF;
        match in_pieces(broken.chunks(5)) {
            Ok(read) => assert_eq!(Ok(read), Bundle::one_by_one(&broken, |slot| Names.keep(slot))),
            Err(_) => unread += 1,
        }
    }
    assert!(unread > whole.len() / 2);
}

proptest! {
    #[test]
    fn a_bundle_is_the_same_however_it_is_cut(
        pieces in prop::collection::vec(1..200_usize, 1..40),
        ids in prop::collection::vec("[1-4]|\"", 0..12),
        space in "[ \n]{0,3}",
    ) {
        let entries: Vec<String> = ids.iter().map(|id| format!("{space}{}{space}", slot(id))).collect();
        let body = format!(r#"{{"resourceType":"Bundle","entry":{space}[{}]}}"#, entries.join(","));
        let (mut left, mut cut) = (body.as_bytes(), Vec::new());
        for piece in pieces {
            let (begin, end) = left.split_at(piece.min(left.len()));
            cut.push(begin);
            left = end;
        }
        cut.push(left);
        prop_assert_eq!(in_pieces(cut), at_once(&body));
    }
}
