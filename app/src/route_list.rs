//! Routes that can be listed: axum's own router keeps to itself which paths it answers, and a test wants to see them all.

use axum::{
    Router,
    extract::DefaultBodyLimit,
    handler::Handler,
    http::Method,
    routing::{self, MethodRouter},
};

use crate::state::App;

/// A path and a method that is answered there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// How it is asked for.
    pub method: Method,
    /// The path, with names in braces where something varies.
    pub path: String,
}

/// What answers one path, by method.
#[derive(Clone, Debug)]
pub struct Handlers {
    router: MethodRouter<App>,
    methods: Vec<Method>,
}

/// Answers to looking.
pub fn get<H, T>(handler: H) -> Handlers
where
    H: Handler<T, App>,
    T: 'static,
{
    Handlers { router: routing::get(handler), methods: vec![Method::GET] }
}

/// Answers to a form.
pub fn post<H, T>(handler: H) -> Handlers
where
    H: Handler<T, App>,
    T: 'static,
{
    Handlers { router: routing::post(handler), methods: vec![Method::POST] }
}

impl Handlers {
    /// Answers to a form as well.
    #[must_use]
    pub fn post<H, T>(mut self, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.methods.push(Method::POST);
        Self { router: self.router.post(handler), ..self }
    }

    /// Takes bodies up to this size, in bytes.
    #[must_use]
    pub fn up_to(self, bytes: usize) -> Self {
        Self { router: self.router.layer(DefaultBodyLimit::max(bytes)), ..self }
    }
}

/// A router that knows what it answers.
#[derive(Clone, Debug, Default)]
pub struct Routes {
    router: Router<App>,
    listed: Vec<Route>,
}

impl Routes {
    /// Without any route.
    pub fn new() -> Self {
        Self::default()
    }

    /// With this path as well.
    #[must_use]
    pub fn route(mut self, path: &str, handlers: Handlers) -> Self {
        let methods = handlers.methods.into_iter();
        self.listed.extend(methods.map(|method| Route { method, path: path.to_owned() }));
        Self { router: self.router.route(path, handlers.router), ..self }
    }

    /// With all of these as well.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.listed.extend(other.listed);
        Self { router: self.router.merge(other.router), ..self }
    }

    /// Every route, in the order of the table.
    pub fn list(&self) -> &[Route] {
        &self.listed
    }

    /// The router itself.
    pub fn into_router(self) -> Router<App> {
        self.router
    }
}
