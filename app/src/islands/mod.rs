//! The only code that runs in the browser. Islands add comfort to a page that works without them; they are handed
//! finished strings, never secrets.

pub mod copy_button;

pub use copy_button::CopyButton;
