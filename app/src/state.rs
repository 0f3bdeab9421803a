//! What every handler is handed.

use std::sync::Arc;

use axum::extract::FromRef;
use services::{Ctx, touches::Clicks};

/// The application's state. Cheap to clone.
#[derive(Clone, Debug)]
pub struct App {
    /// What use cases need.
    pub ctx: Ctx,
    /// Where style and script are served.
    pub assets: Arc<Assets>,
    /// Where clicks and typed codes are kept.
    pub clicks: Clicks,
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

impl FromRef<App> for Ctx {
    fn from_ref(app: &App) -> Self {
        app.ctx.clone()
    }
}
