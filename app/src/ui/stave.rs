//! A referral as four places on a line; the note that sounds has the shape of whoever has the ball.

use domain::referrals::{AdvocateView, Position};
use leptos::prelude::*;

use super::marks::Party;

use crate::markup::{IntoMarkup, Markup};

/// Where the four places stand.
const PLACES: [u32; 4] = [8, 48, 88, 128];

/// The line of a referral that stands at `position` while `ball` has the turn.
pub fn stave(position: Position, ball: Option<Party>) -> Markup {
    let place = match reached_view(position) {
        AdvocateView::InReview | AdvocateView::NotThisTime => 0,
        AdvocateView::InContact => 1,
        AdvocateView::InTalks => 2,
        AdvocateView::Won => 3,
    };
    let won = position.advocate_view() == AdvocateView::Won;
    let ended = position.open().is_none() && !won;
    let here = PLACES[place];
    let past = PLACES.iter().take(if ended { place + 1 } else { place }).map(|x| {
        view! { <circle class="past" cx=*x cy="10" r="3"></circle> }
    });
    let next = PLACES.iter().skip(place + 1).map(|x| {
        view! { <circle class="next" cx=*x cy="10" r="3"></circle> }
    });
    let now = ball.or(won.then_some(Party::Company)).filter(|_| !ended);
    let end = here + 22;
    view! {
        <svg class="stave" viewBox="0 0 136 20" data-party=now.map(Party::as_str) aria-hidden="true">
            <path class="line" d=format!("M8 10H{}", if ended { end } else { 128 })></path>
            <path class="run" d=format!("M8 10H{here}")></path>
            {past.collect_view()}
            {(!ended).then(|| next.collect_view())}
            {ended.then(|| view! { <path class="end" d=format!("M{} 4v12M{end} 4v12", end - 4)></path> })}
            {now.map(|party| {
                let note = match party {
                    Party::Advocate => view! { <circle class="now" cx=here cy="10" r="6.5"></circle> }.into_markup(),
                    Party::Company => {
                        view! { <rect class="now" x=here - 6 y="4" width="12" height="12"></rect> }.into_markup()
                    }
                    Party::Customer => {
                        view! { <path class="now" d=format!("M{here} 3.2l7 12.3h-14z")></path> }.into_markup()
                    }
                };
                view! { <circle class="halo" cx=here cy="10" r="10"></circle>{note} }
            })}
        </svg>
    }
    .into_markup()
}

/// How far it has come in the advocate's eyes, also where it has ended since.
fn reached_view(position: Position) -> AdvocateView {
    match position.advocate_view() {
        AdvocateView::NotThisTime => Position::On(position.reached()).advocate_view(),
        view => view,
    }
}
