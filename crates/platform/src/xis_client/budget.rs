/// As many retries are saved up at most.
const MOST: u32 = 10;
/// So many calls earn one retry.
const CALLS_A_RETRY: u32 = 10;

/// How often a call may be tried again: one in ten, so that retries never make the load of a system in trouble
/// much more than it was (C17).
#[derive(Debug)]
pub(super) struct RetryBudget {
    /// In parts of a retry.
    credit: u32,
}

impl Default for RetryBudget {
    fn default() -> Self {
        Self { credit: MOST * CALLS_A_RETRY }
    }
}

impl RetryBudget {
    /// A call is made.
    pub(super) fn earn(&mut self) {
        self.credit = (self.credit + 1).min(MOST * CALLS_A_RETRY);
    }

    /// Takes a retry, where one is left.
    pub(super) fn spend(&mut self) -> bool {
        let rest = self.credit.checked_sub(CALLS_A_RETRY);
        self.credit = rest.unwrap_or(self.credit);
        rest.is_some()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn c17_retries_are_at_most_a_tenth_of_the_calls_beside_what_was_saved(tried in prop::collection::vec(any::<bool>(), 0..500)) {
            let mut budget = RetryBudget::default();
            let (mut calls, mut retries) = (0, 0);
            for fails in tried {
                budget.earn();
                calls += 1;
                retries += u32::from(fails && budget.spend());
                prop_assert!(retries <= MOST + calls / CALLS_A_RETRY);
            }
        }
    }

    #[test]
    fn c17_a_spent_budget_earns_a_retry_by_ten_calls() {
        let mut budget = RetryBudget::default();
        assert_eq!((0..20).filter(|_| budget.spend()).count(), 10);
        (0..9).for_each(|_| budget.earn());
        assert!(!budget.spend());
        budget.earn();
        assert!(budget.spend());
    }
}
