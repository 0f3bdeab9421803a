//! Serving: the web side and the worker in one process, both ended together.

use std::net::SocketAddr;

use axum::{ServiceExt, extract::Request};
use tokio::{net::TcpListener, sync::watch};

use super::{Outcome, open};
use crate::{config::Config, http};

/// Serves until the process is asked to end.
///
/// # Errors
/// When the database or the address can't be opened.
pub(crate) async fn serve(config: Config) -> Outcome {
    let mut ctx = open(&config).await?;
    if ctx.store.is_sqlite() {
        ctx.store.migrate().await?;
    } else if ctx.store.pending_migrations().await? > 0 {
        return Err("the database's schema is not up to date: run `dreiklang migrate` first".into());
    }
    services::prepare(&ctx).await?;
    ctx.demo = services::demo::is_demo(&ctx).await?;
    let (stop, stopped) = watch::channel(false);
    let worker = tokio::spawn(services::jobs::work(ctx.clone(), stopped));
    let listener = TcpListener::bind(config.network.addr).await?;
    // With port 0 the system has chosen one.
    tracing::info!(address = %listener.local_addr()?, "serving");
    let router = http::router(ctx.clone(), &config.network);
    let service = ServiceExt::<Request>::into_make_service_with_connect_info::<SocketAddr>(router);
    axum::serve(listener, service).with_graceful_shutdown(asked_to_end()).await?;
    stop.send_replace(true);
    worker.await?;
    Ok(ctx.store.close().await?)
}

async fn asked_to_end() {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut terminate), Ok(mut interrupt)) =
        (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}
