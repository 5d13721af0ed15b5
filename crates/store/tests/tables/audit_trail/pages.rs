//! The trail is read a page at a time.

use jiff::Timestamp;
use store::AuditFilter;

use super::{batch, write};
use crate::common::{
    examples::{JAN, PRACTICE, account_id, agb, minutes_later},
    on_both,
};

#[tokio::test]
async fn the_trail_is_read_in_pages_by_time_practice_and_patient() {
    on_both(async |tables| {
        batch(tables, 1..4).await;
        batch(tables, 4..7).await;
        write(&tables.store, 7).await;
        let store = &tables.store;
        let page = async |filter: &AuditFilter| -> Vec<String> {
            let (mut objects, mut after) = (Vec::new(), None);
            loop {
                let lines = tables.tx(async |tx| store.audit_page(tx, filter, after.as_ref(), 2).await).await;
                let Some(last) = lines.last() else { break objects };
                after = Some(last.spot());
                objects.extend(lines.into_iter().filter_map(|line| line.object));
            }
        };
        let all = AuditFilter::default();
        assert_eq!(page(&all).await, ["1", "2", "3", "4", "5", "6", "7"]);
        let (from, to): (Option<Timestamp>, _) = (Some(minutes_later(3)), Some(minutes_later(6)));
        assert_eq!(page(&AuditFilter { from, to, ..all.clone() }).await, ["3", "4", "5"]);
        assert_eq!(page(&AuditFilter { practice: Some(agb(PRACTICE)), from, ..all.clone() }).await.len(), 5);
        assert!(page(&AuditFilter { practice: Some(agb("01000009")), ..all.clone() }).await.is_empty());
        assert!(page(&AuditFilter { patient: Some(account_id("999990020")), ..all }).await.is_empty());

        let of_jan = |before: Option<store::AuditSpot>| async move {
            let before = before.as_ref();
            let lines = tables
                .tx(async |tx| store.audit_of_patient(tx, account_id(JAN), false, before, 4).await)
                .await;
            let last = lines.last().map(|line| line.spot().to_string().parse().unwrap());
            (lines.into_iter().filter_map(|line| line.object).collect::<Vec<_>>(), last)
        };
        let (first, spot) = of_jan(None).await;
        assert_eq!(first, ["7", "6", "5", "4"]);
        assert_eq!(of_jan(spot).await.0, ["3", "2", "1"]);
    })
    .await;
}
