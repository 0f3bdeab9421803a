//! The yardstick of `bench/run.sh`: the least that axum can do for a click, a redirect that stores nothing.

use axum::{Router, extract::Path, response::Redirect, routing::get};

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:0".into());
    let listener = tokio::net::TcpListener::bind(address).await?;
    println!("http://{}", listener.local_addr()?);
    axum::serve(listener, Router::new().route("/r/{code}", get(redirect))).await
}

async fn redirect(Path(code): Path<String>) -> Redirect {
    Redirect::temporary(&format!("https://host.example/welcome?ref={code}"))
}
