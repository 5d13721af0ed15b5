//! A seed is a run: whoever has the seed has seen what happened.

use sim::Template;

#[test]
fn a_seed_replays_to_the_identical_trace() {
    let template = Template::fill();
    for seed in [5, 7, 45] {
        let (first, second) = (template.run(seed), template.run(seed));
        assert_eq!(first.trace.text(), second.trace.text(), "seed {seed}");
        assert_eq!(first.counts, second.counts, "seed {seed}");
        assert_eq!(first.simulated, second.simulated, "seed {seed}");
    }
}

#[test]
fn another_seed_is_another_run() {
    let template = Template::fill();
    assert_ne!(template.run(2).trace.text(), template.run(3).trace.text());
}
