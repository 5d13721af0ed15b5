use std::convert::Infallible;

use axum::{
    Router,
    extract::Request,
    handler::Handler,
    response::IntoResponse,
    routing::{MethodRouter, Route},
};
use tower::{Layer, Service};

use crate::app::App;

/// A router that can say which paths it has: `platform/tests/matrix` asks who may come to each of them.
#[derive(Debug, Default)]
pub(crate) struct Routes {
    router: Router<App>,
    paths: Vec<String>,
}

impl Routes {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// One path and what answers there.
    pub(crate) fn route(mut self, path: &str, answers: MethodRouter<App>) -> Self {
        self.paths.push(path.to_owned());
        Self { router: self.router.route(path, answers), ..self }
    }

    /// These and those.
    pub(crate) fn merge(mut self, other: Self) -> Self {
        self.paths.extend(other.paths);
        Self { router: self.router.merge(other.router), ..self }
    }

    /// Those below a path.
    pub(crate) fn nest(mut self, below: &str, other: Self) -> Self {
        self.paths.extend(other.paths.iter().map(|path| format!("{below}{path}")));
        Self { router: self.router.nest(below, other.router), ..self }
    }

    /// A layer around what is there so far.
    pub(crate) fn layer<L>(self, layer: L) -> Self
    where
        L: Layer<Route> + Clone + Send + Sync + 'static,
        L::Service: Service<
                Request,
                Response: IntoResponse + 'static,
                Error: Into<Infallible> + 'static,
                Future: Send + 'static,
            > + Clone
            + Send
            + Sync
            + 'static,
    {
        Self { router: self.router.layer(layer), ..self }
    }

    /// What answers where nothing is.
    pub(crate) fn fallback<H: Handler<T, App>, T: 'static>(self, answers: H) -> Self {
        Self { router: self.router.fallback(answers), ..self }
    }

    /// What answers where something is for another method.
    pub(crate) fn method_not_allowed_fallback<H: Handler<T, App>, T: 'static>(self, answers: H) -> Self {
        Self { router: self.router.method_not_allowed_fallback(answers), ..self }
    }

    /// Each path, as it is written in the router.
    pub(crate) fn paths(self) -> Vec<String> {
        self.paths
    }

    pub(crate) fn serve(self, app: App) -> Router {
        self.router.with_state(app)
    }
}
