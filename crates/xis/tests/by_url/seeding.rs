//! The demonstration data.

use jiff::civil::date;

use crate::common::{EMPTY, MONDAY, PLAIN, benches, benches_of, demo};

#[tokio::test]
async fn every_working_day_of_four_weeks_has_free_times_at_three_agendas_and_three_types() {
    for bench in benches_of(28).await {
        for (day, is_working) in
            (1..=28).map(|ahead| MONDAY.saturating_add(jiff::Span::new().days(ahead))).map(|day| {
                (day, !matches!(day.weekday(), jiff::civil::Weekday::Saturday | jiff::civil::Weekday::Sunday))
            })
        {
            let query = format!("Slot?schedule.date={day}&status=free");
            let slots = bench.fhir("GET", &query).platform().send().await.resources();
            for path in ["/schedule/reference", "/serviceCategory/0/coding/0/code"] {
                let different: std::collections::BTreeSet<_> =
                    slots.iter().map(|slot| slot.pointer(path).unwrap().to_string()).collect();
                assert_eq!(different.len() >= 3, is_working, "{day}: {different:?}");
            }
        }
        let none = bench.fhir("GET", "Slot").practice(EMPTY).platform().send().await.resources();
        assert!(none.is_empty());
        let staff = bench.fhir("GET", "PractitionerRole").practice(EMPTY).platform().send().await.resources();
        assert_eq!(staff.len(), 3);
    }
}

#[tokio::test]
async fn seeding_again_changes_nothing_and_a_later_day_adds_the_new_days() {
    for bench in benches().await {
        let count = async || {
            let mut count = 0;
            for day in 1..=40 {
                let day = MONDAY.saturating_add(jiff::Span::new().days(day));
                let query = format!("Slot?schedule.date={day}");
                count += bench.fhir("GET", &query).practice(PLAIN).platform().send().await.resources().len();
            }
            count
        };
        let before = count().await;
        xis::seed::demo(&bench.xis, &demo(MONDAY, 8)).await.unwrap();
        assert_eq!(count().await, before);
        xis::seed::demo(&bench.xis, &demo(date(2026, 5, 12), 8)).await.unwrap();
        let after = count().await;
        assert!(after > before, "{after} slots, before {before}");
    }
}
