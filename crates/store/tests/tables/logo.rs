use store::Logo;

use crate::common::{
    examples::{PRACTICE, PRACTICE_B, agb},
    on_both,
};

#[tokio::test]
async fn a_practice_has_one_logo_until_it_is_taken_away() {
    on_both(async |tables| {
        let store = &tables.store;
        let logo = |content: &[u8]| Logo { media_type: "image/png".to_owned(), content: content.to_vec() };
        let read = async |code| tables.tx(async |tx| store.logo(tx, &agb(code)).await).await;
        for content in [b"one", b"two"] {
            tables.tx(async |tx| store.save_logo(tx, &agb(PRACTICE), &logo(content)).await).await;
            assert_eq!(read(PRACTICE).await, Some(logo(content)));
        }
        assert_eq!(read(PRACTICE_B).await, None);
        tables.tx(async |tx| store.drop_logo(tx, &agb(PRACTICE)).await).await;
        assert_eq!(read(PRACTICE).await, None);
    })
    .await;
}
