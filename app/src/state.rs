//! What every handler is handed.

use std::{ops::Deref, sync::Arc};

use services::{Ctx, touches::Clicks};

/// The application's state. One counter to clone: every layer around a page hands it on.
#[derive(Clone, Debug)]
pub struct App(Arc<AppState>);

/// What is in it.
#[derive(Debug)]
pub struct AppState {
    /// What use cases need.
    pub ctx: Ctx,
    /// Where style and script are served.
    pub assets: Assets,
    /// Where clicks and typed codes are kept.
    pub clicks: Clicks,
}

impl App {
    /// The state of one server.
    pub fn new(state: AppState) -> Self {
        Self(Arc::new(state))
    }
}

impl Deref for App {
    type Target = AppState;

    fn deref(&self) -> &AppState {
        &self.0
    }
}

/// Paths of the embedded assets; each carries its content's hash.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// The style sheet.
    pub style: String,
    /// The sprite of icons.
    pub icons: String,
    /// The one script: comforts that no page depends on.
    pub comfort: String,
}
