//! Copies a text, for those whose browser runs our WebAssembly; the text itself stands selectable beside it.

use leptos::prelude::*;

/// A button that copies `text` and says so.
#[island]
pub fn CopyButton(
    /// What is copied.
    text: String,
    /// What the button says.
    label: String,
    /// What it says once it has copied.
    done: String,
) -> impl IntoView {
    let copied = RwSignal::new(false);
    let copy = move |_| {
        #[cfg(feature = "hydrate")]
        if let Some(window) = web_sys::window() {
            // The promise is not awaited: where the clipboard is refused, the text beside the button is still there.
            drop(window.navigator().clipboard().write_text(&text));
            copied.set(true);
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = &text;
    };
    view! {
        <button class="button" type="button" aria-live="polite" on:click=copy>
            {move || if copied.get() { done.clone() } else { label.clone() }}
        </button>
    }
}
