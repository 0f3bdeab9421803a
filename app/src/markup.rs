//! Parts of a page, written out as soon as they are made.
//!
//! Leptos gives views of different types one type by keeping them, with the code for everything that could be done with
//! them in a browser too. Our pages are written once, on the server: a part that is written out at once is a text, needs no
//! such code, and its attributes need no owner.

use leptos::{
    prelude::*,
    tachys::{html::InertElement, view::Position},
};

/// A part of a page as HTML.
pub type Markup = InertElement;

/// Room for a part before its text has to move; most are shorter.
const PART: usize = 1024;

/// Views that can be written out.
pub trait IntoMarkup {
    /// Writes the view out.
    fn into_markup(self) -> Markup;
}

impl<V: IntoView> IntoMarkup for V {
    fn into_markup(self) -> Markup {
        Markup::new(written(self, PART))
    }
}

/// A view as HTML; `room` is how many bytes it is likely to need.
pub(crate) fn written(view: impl IntoView, room: usize) -> String {
    let mut html = String::with_capacity(room);
    // Text is escaped, and no marks are left for a browser that compares branches.
    view.into_view().to_html_with_buf(&mut html, &mut Position::FirstChild, true, false, Vec::new());
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_inside_another_is_escaped_once() {
        let name = "Müller & <Söhne>";
        let part = view! { <b title=name>{name}</b> }.into_markup();
        let whole = view! { <p>{part}" und \"mehr\""</p> };
        assert_eq!(
            written(whole, 0),
            "<p><b title=\"Müller &amp; &lt;Söhne&gt;\">Müller &amp; &lt;Söhne&gt;</b> und \"mehr\"</p>"
        );
    }

    #[test]
    fn parts_of_different_shapes_stand_in_one_list() {
        let parts = vec![view! { <i>"1"</i> }.into_markup(), view! { <b>"2"</b> <b>"3"</b> }.into_markup()];
        let html = written(view! { <ul>{parts}{None::<Markup>}</ul> }, 0);
        assert_eq!(html.replace("<!>", ""), "<ul><i>1</i><b>2</b><b>3</b></ul>");
    }
}
