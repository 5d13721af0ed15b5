//! Which files are taken, and how they are given out.

use reqwest::header::HeaderMap;
use serde_json::{Value, json};
use testkit::{
    Browser, FATIMA, JAN, Kit, attachment,
    files::{archive, compound, doc, docx, jpeg, pdf, png, xls, xlsx},
};

use super::{ONE, only_message, with_files};

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const EXCEL: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

async fn download(kit: &Kit, browser: &Browser, path: &str) -> (u16, HeaderMap, Vec<u8>) {
    let call = kit.http.get(format!("{}{path}", kit.base)).header("cookie", browser.cookie());
    let answer = call.send().await.unwrap();
    (answer.status().as_u16(), answer.headers().clone(), answer.bytes().await.unwrap().to_vec())
}

#[tokio::test]
async fn every_type_of_the_contract_is_taken_and_given_out_as_it_came() {
    let all = [
        ("Uitslag één.pdf", "application/pdf", pdf(0)),
        ("foto.jpg", "image/jpeg", jpeg()),
        ("foto.png", "image/png", png()),
        ("brief.doc", "application/msword", doc()),
        ("brief.docx", WORD, docx()),
        ("lijst.xls", "application/vnd.ms-excel", xls()),
        ("lijst.xlsx", EXCEL, xlsx()),
    ];
    for kit in Kit::on_both().await {
        for (title, media_type, content) in &all {
            let mut body = with_files(JAN, &[attachment(title, media_type, content)]);
            body["topic"]["text"] = json!(title);
            assert_eq!(kit.post(ONE, &body).await.status, 201, "{title}");
            let browser = kit.browser(JAN).await;
            let list = browser.read("/messages").await;
            // Of two in one second neither is the newer: the one with this topic.
            let row = list.split("<li").find(|row| row.contains(title)).unwrap();
            let id = row.split("href=\"/messages/").nth(1).unwrap().split('"').next().unwrap();
            let (status, headers, bytes) =
                download(&kit, &browser, &format!("/messages/{id}/attachments/1")).await;
            assert_eq!((status, &bytes), (200, content), "{title}");
            let header = |name: &str| headers[name].to_str().unwrap();
            assert_eq!(header("content-type"), *media_type);
            assert!(header("content-disposition").starts_with("attachment; filename=\""), "{title}");
        }
    }
}

/// ASVS: 3.2.1
#[tokio::test]
async fn a_file_can_do_nothing_here_and_is_kept_by_no_cache() {
    for kit in Kit::on_both().await {
        let file = attachment("Uitslag één.pdf", "application/pdf; x=y", &pdf(0));
        kit.post(ONE, &with_files(JAN, &[file])).await;
        let browser = kit.browser(JAN).await;
        let path = only_message(&browser).await;
        let (_, headers, _) = download(&kit, &browser, &format!("{path}/attachments/1")).await;
        for (name, value) in [
            ("content-type", "application/pdf"),
            (
                "content-disposition",
                "attachment; filename=\"Uitslag __n.pdf\"; filename*=UTF-8''Uitslag%20%C3%A9%C3%A9n.pdf",
            ),
            ("x-content-type-options", "nosniff"),
            ("content-security-policy", "default-src 'none'; sandbox"),
            ("cache-control", "no-store"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(headers[name], value, "{name}");
        }
        assert_eq!(kit.audited("attachment").await, ["downloaded"]);
    }
}

/// ASVS: 8.2.2
#[tokio::test]
async fn nobody_elses_file_is_given_out_and_it_looks_like_none() {
    for kit in Kit::on_both().await {
        kit.post(ONE, &with_files(JAN, &[attachment("a.pdf", "application/pdf", &pdf(0))])).await;
        let (jan, fatima) = (kit.browser(JAN).await, kit.browser(FATIMA).await);
        let path = only_message(&jan).await;
        let foreign = fatima.get(&format!("{path}/attachments/1")).await;
        for missing in ["0", "2", "-1", "x", "99999999999"] {
            let answer = jan.get(&format!("{path}/attachments/{missing}")).await;
            assert_eq!(answer.status, 404, "{missing}");
        }
        let nothing = fatima.get("/messages/00000000-0000-4000-8000-000000000000/attachments/1").await;
        assert_eq!((foreign.status, nothing.status), (404, 404));
        let visitor = kit.visitor().get(&format!("{path}/attachments/1")).await;
        assert!(visitor.header("location").starts_with("/login"), "{}", visitor.text);
        assert!(kit.audited("attachment").await.is_empty());
    }
}

#[tokio::test]
async fn a_file_that_is_not_what_it_says_is_refused() {
    let good = |field: &str, value: Value| {
        let mut file = attachment("a.pdf", "application/pdf", &pdf(0));
        file["contentAttachment"][field] = value;
        file
    };
    let page = b"<html><script>alert(1)</script>".to_vec();
    let both = [pdf(0), docx()].concat();
    let macros = archive(&["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"]);
    let installer = compound(&["!_StringPool"]);
    let cases = [
        (good("title", json!(null)), "REQUIRED", "title"),
        (good("title", json!(" ")), "REQUIRED", "title"),
        (good("contentType", json!(null)), "REQUIRED", "contentType"),
        (good("data", json!(null)), "REQUIRED", "data"),
        (good("data", json!("")), "ATTACHMENT_EMPTY", "data"),
        (good("data", json!("%%%")), "ATTACHMENT_BASE64", "data"),
        (good("data", json!("JVBERi0")), "ATTACHMENT_BASE64", "data"),
        (good("data", json!("JVBERi0_")), "ATTACHMENT_BASE64", "data"),
        (good("contentType", json!("image/png")), "ATTACHMENT_DIFFERS", "data"),
        (attachment("a.html", "text/html", &page), "ATTACHMENT_TYPE", "contentType"),
        (attachment("a.svg", "image/svg+xml", b"<svg/>"), "ATTACHMENT_TYPE", "contentType"),
        (attachment("a.gif", "image/gif", b"GIF89a"), "ATTACHMENT_TYPE", "contentType"),
        (attachment("a.zip", "application/zip", &docx()), "ATTACHMENT_TYPE", "contentType"),
        (attachment("a.pdf", "application/pdf", &page), "ATTACHMENT_DIFFERS", "data"),
        (attachment("a.pdf", "application/pdf", b" %PDF-1.7"), "ATTACHMENT_DIFFERS", "data"),
        (attachment("a.docx", WORD, &both), "ATTACHMENT_DIFFERS", "data"),
        (attachment("a.docx", WORD, &xlsx()), "ATTACHMENT_DIFFERS", "data"),
        (attachment("a.docx", WORD, &archive(&["word/document.xml"])), "ATTACHMENT_DIFFERS", "data"),
        (attachment("a.doc", "application/msword", &installer), "ATTACHMENT_DIFFERS", "data"),
        (attachment("a.doc", "application/msword", &docx()), "ATTACHMENT_DIFFERS", "data"),
        (attachment("a.docx", WORD, &macros), "ATTACHMENT_MACROS", "data"),
    ];
    for kit in Kit::on_both().await {
        let xis = kit.caller().await;
        let before = kit.rows().await;
        for (file, code, field) in &cases {
            let answer = xis.post(ONE, &with_files(JAN, std::slice::from_ref(file))).await;
            assert_eq!(answer.refusal(), (400, (*code).to_owned()), "{file}");
            let place = format!("Communication.payload[1].contentAttachment.{field}");
            assert_eq!(answer.expression(), place, "{file}");
        }
        assert_eq!(kit.grown(&before).await, [("audit", i64::try_from(cases.len()).unwrap())]);
    }
}

#[tokio::test]
async fn five_files_are_taken_and_six_are_not() {
    for kit in Kit::on_both().await {
        let files: Vec<Value> = (1..=6_usize)
            .map(|number| attachment(&format!("{number}.pdf"), "application/pdf", &pdf(100 + number)))
            .collect();
        let answer = kit.post(ONE, &with_files(JAN, &files)).await;
        assert_eq!(answer.refusal(), (400, "TOO_MANY_ATTACHMENTS".to_owned()));
        let mut five = with_files(JAN, &files[..5]);
        // The text may stand anywhere among them.
        five["payload"].as_array_mut().unwrap().rotate_left(1);
        assert_eq!(kit.post(ONE, &five).await.status, 201);
        let browser = kit.browser(JAN).await;
        let page = browser.read(&only_message(&browser).await).await;
        assert_eq!(page.matches("\" download>").count(), 5);
    }
}

#[tokio::test]
async fn white_space_between_the_letters_of_base64_is_fhirs() {
    for kit in Kit::on_both().await {
        let mut file = attachment("a.pdf", "application/pdf", &pdf(0));
        let data = &mut file["contentAttachment"]["data"];
        *data = json!(format!(" {}\r\n", data.as_str().unwrap().replacen('B', "B\n ", 3)));
        assert_eq!(kit.post(ONE, &with_files(JAN, &[file])).await.status, 201);
    }
}

#[tokio::test]
async fn a_title_becomes_a_name_that_leads_nowhere() {
    for kit in Kit::on_both().await {
        let file = attachment("../../<b>uitslag</b>.pdf.exe", "application/pdf", &pdf(0));
        kit.post(ONE, &with_files(JAN, &[file])).await;
        let browser = kit.browser(JAN).await;
        let page = browser.read(&only_message(&browser).await).await;
        assert!(
            page.contains("-b-uitslag--b-.pdf.exe.pdf") || page.contains("b-uitslag--b-.pdf.exe.pdf"),
            "{page}"
        );
        assert!(!page.contains("<b>uitslag"), "{page}");
    }
}
