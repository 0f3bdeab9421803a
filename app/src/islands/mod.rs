//! The only code that runs in the browser. Islands add comfort to a page that works without them; they are handed
//! finished strings, never secrets.

#[expect(missing_docs, reason = "the island macro makes a struct of the arguments that no docstring reaches")]
pub mod copy_button;

pub use copy_button::CopyButton;
