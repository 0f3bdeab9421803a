//! A small chart: a stem and a head in the party's shape for each span of time. The table with the same figures stands
//! beneath it on the page.

use leptos::prelude::*;

use super::Party;

use crate::markup::{IntoMarkup, Markup};

const WIDTH: i64 = 320;
const GROUND: i64 = 108;
const TALLEST: i64 = 80;

/// One stem.
#[derive(Clone, Debug)]
pub struct Stem {
    /// What stands beneath it.
    pub label: String,
    /// How tall.
    pub value: i64,
    /// The figure as people write it.
    pub written: String,
}

/// The chart. `title` says everything in words, for those who do not see it.
pub fn lollipop(party: Party, title: String, caption: String, stems: &[Stem]) -> Markup {
    let most = stems.iter().map(|stem| stem.value).max().unwrap_or(0).max(1);
    let step = WIDTH / i64::try_from(stems.len().max(1)).unwrap_or(1);
    let drawn = (0..)
        .zip(stems)
        .map(|(index, stem): (i64, _)| {
            let x = step * index + step / 2;
            let label = view! {
                <text class="tick" x=x.to_string() y="125" text-anchor="middle">{stem.label.clone()}</text>
            };
            if stem.value <= 0 {
                return view! {
                    <circle class="zero" cx=x.to_string() cy=GROUND.to_string() r="2.5"></circle>
                    {label}
                }
                .into_markup();
            }
            let top = GROUND - (stem.value * TALLEST / most).max(14);
            view! {
                <path class="lolli" d=format!("M{x} {GROUND}V{top}")></path>
                {head(party, x, top)}
                <text class="val" x=x.to_string() y=(top - 11).to_string() text-anchor="middle">
                    {stem.written.clone()}
                </text>
                {label}
            }
            .into_markup()
        })
        .collect_view();
    view! {
        <figure class="chart">
            <svg viewBox="0 0 320 132" role="img">
                <title>{title}</title>
                <path class="axis" d="M0 108H320"></path>
                {drawn}
            </svg>
            <figcaption>{caption}</figcaption>
        </figure>
    }
    .into_markup()
}

fn head(party: Party, x: i64, y: i64) -> Markup {
    match party {
        Party::Company => {
            let (left, top) = ((x - 6).to_string(), (y - 6).to_string());
            view! { <rect class="head" x=left y=top width="12" height="12"></rect> }.into_markup()
        }
        Party::Advocate => {
            view! { <circle class="head" cx=x.to_string() cy=y.to_string() r="6.8"></circle> }.into_markup()
        }
        Party::Customer => {
            view! { <path class="head" d=format!("M{x} {}l7.6 13.5h-15.2z", y - 8)></path> }.into_markup()
        }
    }
}
