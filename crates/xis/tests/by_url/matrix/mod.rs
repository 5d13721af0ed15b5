//! Every route against every principal: who is let in, and that whoever is not learns nothing, not even whether a thing is
//! there. The routes come from the router; a route without a line in `lines.rs` fails.

mod aim;
mod answers;
mod browsers;
mod case;
mod lines;
mod principal;
mod scene;

use std::collections::BTreeSet;

use self::{
    case::Case,
    lines::{LINES, Line},
    scene::scenes,
};

/// ASVS: 8.2.1, 8.3.1
#[tokio::test]
async fn every_route_of_the_router_has_a_line_and_every_line_a_route() {
    for scene in scenes().await {
        let routes = scene.routes().await;
        let lines: BTreeSet<(String, String)> = LINES
            .iter()
            .flat_map(Line::each)
            .map(|(method, path)| (method.to_owned(), path.to_owned()))
            .collect();
        let without: Vec<_> = routes.difference(&lines).collect();
        assert!(
            without.is_empty(),
            "who may call {without:?}? Say so in xis/tests/by_url/matrix/lines.rs: one line a path, such as \
             line(\"GET POST\", \"/{{agb}}/path\", Who::PracticesOwn), and see `Who` for the choices"
        );
        let gone: Vec<_> = lines.difference(&routes).collect();
        assert!(
            gone.is_empty(),
            "no route is behind these lines of xis/tests/by_url/matrix/lines.rs: {gone:?}"
        );
    }
}

/// ASVS: 8.2.1, 8.2.2, 8.3.1, 8.4.1
#[tokio::test]
async fn nobody_gets_what_is_anothers() {
    for scene in &scenes().await {
        let mut wrong = Vec::new();
        for line in LINES {
            for (method, path) in line.each() {
                let found = Case::new(scene, line, (method, path)).look().await;
                wrong.extend(found.into_iter().map(|what| format!("{method} {path}: {what}")));
            }
        }
        assert!(wrong.is_empty(), "{} leaks:\n{}", wrong.len(), wrong.join("\n"));
    }
}
