//! The browser's entry: wakes the islands.

// Without naming the crate its islands would not be linked in.
use app as _;
use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the page's loader once the module is there.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
