//! The binary: hands over to the library and turns its answer into an exit code.

use std::process::ExitCode;

/// Pages are made of many short-lived strings; measured against the system's in `docs/performance.md`.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    match dreiklang::cli::run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // The log may not be open yet, and whoever typed the command looks here.
            #[expect(clippy::print_stderr, reason = "the answer of a command line")]
            {
                eprintln!("dreiklang: {error}");
            }
            ExitCode::FAILURE
        }
    }
}
