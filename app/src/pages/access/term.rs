//! On which days something is granted, in words.

use chrono::NaiveDate;
use services::access::{Grant, term, today};
use words::keys;

use crate::visitor::Visitor;

/// The days from the first to the last, or from the first on.
pub(crate) fn days(first: NaiveDate, last: Option<NaiveDate>, visitor: &Visitor) -> String {
    let (words, formats) = (visitor.words, visitor.formats());
    let from = ("from", formats.calendar_day(first).into());
    match last {
        Some(last) => words.with(keys::ACCESS_DAYS, [from, ("to", formats.calendar_day(last).into())]),
        None => words.with(keys::ACCESS_DAYS_OPEN, [from]),
    }
}

/// On which days a grant holds.
pub(super) fn of(grant: &Grant, visitor: &Visitor) -> String {
    let term = term(&visitor.app.ctx, grant);
    days(term.first_day(), term.last_day(), visitor)
}

/// How a grant stands today.
pub(super) fn state(grant: &Grant, visitor: &Visitor) -> String {
    match grant.ended_at {
        Some(at) => {
            let date = visitor.formats().date(at);
            visitor.words.with(keys::GRANT_ENDED, [("date", date.into())])
        }
        None => {
            let ctx = &visitor.app.ctx;
            visitor.words.code("access-state", term(ctx, grant).state(today(ctx)).as_str()).into_owned()
        }
    }
}
