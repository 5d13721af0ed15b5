//! What goes into the calendar with a mail that does not arrive at once.

use mail_parser::MimeHeaders as _;
use store::Preferences;

use super::{super::super::examples::BSN, *};

impl Scene {
    /// At the level at which a mail brings the visit to the calendar.
    async fn at_the_highest_level() -> Self {
        let scene = Self::new(Some(MAIL_ADDRESS)).await;
        let (store, account) = (&scene.app.store, scene.stored.account.unwrap());
        let chosen = Preferences { detail: 3, ..Preferences::default() };
        let saved: Result<(), store::Error> = store
            .tx("prefer", |mut tx| async move { store.save_preferences(&mut tx, account, &chosen).await })
            .await;
        saved.unwrap();
        scene
    }

    /// The calendar file of each mail that arrived.
    fn files(&self) -> Vec<String> {
        let file = |mail: &String| {
            let parsed = MessageParser::default().parse(mail).unwrap();
            let is_file =
                |part: &&mail_parser::MessagePart<'_>| part.attachment_name() == Some("afspraak.ics");
            let part = parsed.parts.iter().find(is_file).unwrap();
            String::from_utf8(part.contents().to_vec()).unwrap()
        };
        self.sink.mails().iter().map(file).collect()
    }

    fn fails(&self) {
        self.sink.answer_recipients("451 4.3.0 later");
    }

    fn works(&self) {
        self.sink.answer_recipients("250 OK");
    }
}

#[tokio::test]
async fn a_repeat_is_the_same_edition_to_the_letter() {
    let scene = Scene::at_the_highest_level().await;
    scene.fails();
    scene.tell(Kind::New, None).await;
    scene.deliver(Duration::ZERO).await;
    scene.works();
    scene.deliver(Duration::from_secs(60)).await;
    let file = scene.files().pop().unwrap();
    assert!(file.contains("SEQUENCE:0\r\n"), "{file}");
    assert!(file.contains("DTSTAMP:20260504T080000Z\r\n"), "as it was first to be sent: {file}");
}

#[tokio::test]
async fn a_change_before_the_repeat_is_the_next_edition_for_the_former_may_have_arrived() {
    let mut scene = Scene::at_the_highest_level().await;
    scene.fails();
    scene.tell(Kind::New, None).await;
    scene.deliver(Duration::ZERO).await;
    scene.moves(12, 13).await;
    scene.works();
    scene.deliver(Duration::from_secs(60)).await;
    let file = scene.files().pop().unwrap();
    assert!(file.contains("SEQUENCE:1\r\n") && file.contains(":20260513T091000\r\n"), "{file}");
    assert_eq!(scene.files().len(), 1);
}

#[tokio::test]
async fn a_reminder_brings_the_visit_as_it_is_and_no_new_edition_of_it() {
    let scene = Scene::at_the_highest_level().await;
    for kind in [Kind::New, Kind::Reminder] {
        scene.tell(kind, None).await;
        scene.deliver(Duration::from_secs(1)).await;
    }
    let files = scene.files();
    assert_eq!(files.len(), 2);
    assert_eq!(files[0], files[1]);
}

#[tokio::test]
async fn no_mail_on_the_wire_holds_a_reason_a_type_a_comment_a_name_or_a_bsn() {
    let mut scene = Scene::at_the_highest_level().await;
    scene.tell(Kind::New, None).await;
    scene.deliver(Duration::ZERO).await;
    scene.moves(12, 13).await;
    scene.deliver(Duration::ZERO).await;
    scene.tell(Kind::Reminder, None).await;
    scene.deliver(Duration::ZERO).await;
    scene.act(Kind::CancelledByPractice, cancelled(), visit(may(13)), None).await;
    scene.deliver(Duration::ZERO).await;
    assert_eq!(scene.sink.mails().len(), 4);
    for (raw, file) in scene.sink.mails().iter().zip(scene.files()) {
        let mail = MessageParser::default().parse(raw).unwrap();
        let (text, html) = (mail.body_text(0).unwrap(), mail.body_html(0).unwrap());
        let everything = [raw.as_str(), &text, &html, &file.replace("\r\n ", "")].join("\n");
        for word in ["POISON", BSN, "01000001"] {
            assert!(!everything.contains(word), "{word} in {everything}");
        }
    }
}
