//! The picture beside a practice's name.

use store::Logo;
use testkit::{JAN, Kit};

const LINDE: &str = "01000001";
const TREE: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><circle r=\"9\"/></svg>";

#[tokio::test]
async fn a_logo_stands_beside_the_practices_name_with_what_it_shows_and_nothing_runs_in_it() {
    for kit in Kit::on_both().await {
        let (store, practice, logo) =
            (&kit.store, &LINDE.parse().unwrap(), &Logo::of_file(TREE.to_vec()).unwrap());
        let browser = kit.browser(JAN).await;
        assert_eq!(browser.get("/practices/01000001/logo").await.status, 404);
        let given: Result<(), store::Error> = store
            .tx("give a logo", |mut tx| async move { store.save_logo(&mut tx, practice, logo).await })
            .await;
        given.unwrap();
        assert!(
            !browser.read("/book/01000001").await.contains("01000001/logo"),
            "no words say what it shows"
        );
        kit.set(LINDE, "logo_text", "Een lindeboom").await;
        let page = browser.read("/book/01000001").await;
        let picture = "src=\"/practices/01000001/logo\" alt=\"Een lindeboom\"";
        assert!(page.contains(picture), "{page}");
        assert!(!browser.read("/").await.contains("01000001/logo"), "another page is of no practice");
        let file = browser.get("/practices/01000001/logo").await;
        assert_eq!((file.status, file.header("content-type")), (200, "image/svg+xml"));
        assert_eq!(file.text.as_bytes(), TREE);
        assert!(file.header("content-security-policy").contains("default-src 'none'"));
        assert_eq!(file.header("x-content-type-options"), "nosniff");
    }
}
