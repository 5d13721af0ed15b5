use std::{cell::Cell, sync::Arc};

use futures::future::join_all;
use testkit::TurnedClock;
use world::Outgoing;

use super::*;

const NOW: &str = "2026-05-04T10:00:00+02:00";

/// A practice's searches, and how often its system was asked.
struct Practice {
    searches: Searches<usize>,
    world: World,
    clock: TurnedClock,
    asked: Cell<usize>,
}

impl Practice {
    fn new() -> Self {
        let clock = TurnedClock::at(NOW);
        let world = World {
            clock: Arc::new(clock.clone()),
            ..World::reaching(&Outgoing::to_this_machine()).unwrap()
        };
        Self { searches: Searches::default(), world, clock, asked: Cell::new(0) }
    }

    fn times(&self) -> usize {
        self.asked.replace(self.asked.get() + 1) + 1
    }

    async fn get(&self, address: &str) -> usize {
        let ask = async {
            let number = self.times();
            tokio::task::yield_now().await;
            Ok(vec![number])
        };
        self.searches.get(address, self.patience(), ask).await.unwrap()[0]
    }

    async fn fail(&self) -> Trouble {
        let ask = async {
            self.times();
            tokio::task::yield_now().await;
            Err(Trouble::NotConfigured)
        };
        self.searches.get("/slots", self.patience(), ask).await.unwrap_err()
    }

    fn patience(&self) -> (&World, Deadline) {
        (&self.world, Deadline::of_page(self.world.now()))
    }
}

#[tokio::test]
async fn c19_who_asks_the_same_at_once_or_shortly_after_gets_one_answer() {
    let practice = Practice::new();
    assert_eq!(join_all((0..5).map(|_| practice.get("/slots"))).await, [1; 5]);
    practice.clock.turn(Duration::from_millis(2_999));
    assert_eq!(practice.get("/slots").await, 1);
    assert_eq!(practice.get("/other").await, 2);
    practice.clock.turn(Duration::from_millis(1));
    assert_eq!(practice.get("/slots").await, 3);
}

#[tokio::test]
async fn c19_a_failure_is_shared_by_those_who_waited_and_not_kept() {
    let practice = Practice::new();
    join_all((0..5).map(|_| practice.fail())).await;
    assert_eq!(practice.asked.get(), 1);
    assert_eq!(practice.get("/slots").await, 2);
}

#[tokio::test]
async fn c19_after_a_change_nobody_gets_what_was_asked_before_it() {
    let practice = Practice::new();
    let before = async {
        practice
            .searches
            .get("/slots", practice.patience(), async {
                practice.times();
                practice.searches.forget();
                Ok(vec![practice.get("/slots").await])
            })
            .await
            .unwrap()[0]
    };
    assert_eq!(before.await, 2);
    assert_eq!(practice.get("/slots").await, 2);
}

#[tokio::test]
async fn c19_who_goes_away_half_way_leaves_the_asking_to_the_next() {
    let practice = Practice::new();
    let forever = practice.searches.get("/slots", practice.patience(), std::future::pending());
    assert!(futures::poll!(Box::pin(forever)).is_pending());
    assert_eq!(practice.get("/slots").await, 1);
}

#[tokio::test]
async fn c17_whoever_waits_for_anothers_search_waits_no_longer_than_for_its_own() {
    let practice = Practice::new();
    let mut asks = Box::pin(practice.searches.get("/slots", practice.patience(), std::future::pending()));
    let mut waits = Box::pin(practice.get_troubled());
    assert!(futures::poll!(&mut asks).is_pending() && futures::poll!(&mut waits).is_pending());
    practice.clock.turn(Duration::from_millis(2_400));
    assert!(matches!(waits.await, Trouble::TooLate));
}

impl Practice {
    async fn get_troubled(&self) -> Trouble {
        let never = std::future::pending::<Result<Vec<usize>, Trouble>>();
        self.searches.get("/slots", self.patience(), never).await.unwrap_err()
    }
}

#[tokio::test]
async fn c19_what_is_kept_is_bounded_in_searches_and_in_results() {
    let practice = Practice::new();
    for number in 0..200 {
        practice.get(&format!("/slots?{number}")).await;
        assert!(practice.searches.all().len() <= SEARCHES);
    }
    for address in ["/a", "/b", "/c"] {
        let many = async { Ok(vec![0; RESULTS / 2]) };
        practice.searches.get(address, practice.patience(), many).await.unwrap();
    }
    let results: usize = practice.searches.all().values().map(|search| search.results()).sum();
    assert!(results <= RESULTS, "{results}");
    practice.clock.turn(KEPT);
    practice.searches.tidy(practice.world.now());
    assert!(practice.searches.all().is_empty());
}
