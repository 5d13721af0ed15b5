use std::{convert::Infallible, sync::Arc};

use axum::{
    Router,
    extract::Request,
    handler::Handler,
    response::IntoResponse,
    routing::{MethodRouter, Route},
};
use tower::{Layer, Service as Serves};

use crate::service::Service;

/// A router that can say which paths it has: `xis/tests/by_url/matrix` asks who may come to each of them.
#[derive(Debug, Default)]
pub(crate) struct Routes {
    router: Router<Arc<Service>>,
    paths: Vec<String>,
}

impl Routes {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// One path and what answers there.
    pub(crate) fn route(mut self, path: &str, answers: MethodRouter<Arc<Service>>) -> Self {
        self.paths.push(path.to_owned());
        Self { router: self.router.route(path, answers), ..self }
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
        L::Service: Serves<
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
    pub(crate) fn fallback<H: Handler<T, Arc<Service>>, T: 'static>(self, answers: H) -> Self {
        Self { router: self.router.fallback(answers), ..self }
    }

    /// What answers where something is for another method.
    pub(crate) fn method_not_allowed_fallback<H: Handler<T, Arc<Service>>, T: 'static>(
        self,
        answers: H,
    ) -> Self {
        Self { router: self.router.method_not_allowed_fallback(answers), ..self }
    }

    /// Each path, as it is written in the router.
    pub(crate) fn paths(self) -> Vec<String> {
        self.paths
    }

    pub(crate) fn serve(self, service: Arc<Service>) -> Router {
        self.router.with_state(service)
    }
}
