//! The face. Pages are Leptos views rendered on the server inside ordinary axum handlers; forms are plain posts that
//! answer with a redirect; one small script adds comforts that no page depends on.
//!
//! | room | what it knows |
//! |---|---|
//! | [`paths`] | every URL, spelled once |
//! | [`pages`] | a handler per page: loads a read model, renders a view |
//! | [`actions`] | a handler per form: decodes, calls one use case, redirects |
//! | [`forms`] | what was typed, what was wrong with it, and the flash after a redirect |
//! | [`ui`] | the parts every page is made of |
//! | [`markup`] | parts written out as HTML |
//! | [`shell`] | the frame around a page |
//! | [`visitor`] | who asks: session, member, language |

#[cfg(feature = "ssr")]
pub mod actions;
#[cfg(feature = "ssr")]
pub mod forms;
#[cfg(feature = "ssr")]
pub mod markup;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod paths;
#[cfg(feature = "ssr")]
pub mod route_list;
#[cfg(feature = "ssr")]
pub mod routes;
#[cfg(feature = "ssr")]
pub mod shell;
#[cfg(feature = "ssr")]
pub mod state;
#[cfg(feature = "ssr")]
pub mod ui;
#[cfg(feature = "ssr")]
pub mod visitor;
