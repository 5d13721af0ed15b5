use std::collections::{HashMap, HashSet};

/// How many messages of each tenant are under way.
pub(crate) type Held = HashMap<String, usize>;

/// A message that may be delivered, as it was when it was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Candidate {
    pub(crate) id: String,
    pub(crate) tenant: String,
    pub(crate) fence: i64,
}

/// One of each tenant, then the second of each, and so on; what a tenant has under way counts as its turns.
///
/// Within a turn the order stays as it was, and a candidate that comes twice is taken once.
pub(crate) fn in_turns(candidates: Vec<Candidate>, held: &Held) -> Vec<Candidate> {
    let mut turns = held.clone();
    let mut seen = HashSet::new();
    let mut rounds: Vec<(usize, Candidate)> = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        if seen.insert(candidate.id.clone()) {
            let turn = turns.entry(candidate.tenant.clone()).or_default();
            rounds.push((*turn, candidate));
            *turn += 1;
        }
    }
    rounds.sort_by_key(|(round, _)| *round);
    rounds.into_iter().map(|(_, candidate)| candidate).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The ids in turns; an id's first letter is its tenant.
    fn turns(ids: &str, held: &[(&str, usize)]) -> String {
        let candidate = |id: &str| Candidate { id: id.to_owned(), tenant: id[..1].to_owned(), fence: 0 };
        let held = held.iter().map(|(tenant, count)| ((*tenant).to_owned(), *count)).collect();
        let turns = in_turns(ids.split(' ').map(candidate).collect(), &held);
        turns.into_iter().map(|candidate| candidate.id).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn turns_go_round_between_tenants() {
        assert_eq!(turns("a1 a2 a3 b1 c1 c2", &[]), "a1 b1 c1 a2 c2 a3");
    }

    #[test]
    fn who_has_much_under_way_comes_last() {
        assert_eq!(turns("a1 a2 b1", &[("a", 15)]), "b1 a1 a2");
        assert_eq!(turns("a1 b1 b2", &[("a", 1), ("c", 9)]), "b1 a1 b2");
    }

    #[test]
    fn a_candidate_that_comes_twice_is_taken_once() {
        assert_eq!(turns("a1 b1 a1 a2", &[]), "a1 b1 a2");
    }
}
