//! Lists of staff: what narrows them, a table that scrolls by itself on a phone, and the way on.

use leptos::prelude::*;
use words::{Key, Words, keys};

use super::fields::Choice;
use crate::{
    markup::{IntoMarkup, Markup},
    paths::Path,
};

/// Lines on a page of a list.
const LINES: usize = 50;

/// One line more than a page shows is asked for: it tells whether there is a next page without counting all.
pub const ASKED: u64 = 51;

/// One page of a long list.
#[derive(Debug)]
pub struct Slice<T> {
    /// Its lines.
    pub lines: Vec<T>,
    /// The list from its beginning, where this page is a later one.
    pub first: Option<Path>,
    /// The next page, where there is one.
    pub next: Option<Path>,
}

impl<T> Slice<T> {
    /// What of [`ASKED`] lines is shown. `here` is the list with its filters, `after` the cursor that this page was
    /// asked for with, `cursor` that of a line.
    pub fn of(mut lines: Vec<T>, here: &Path, after: Option<&str>, cursor: impl Fn(&T) -> String) -> Self {
        let more = lines.len() > LINES;
        lines.truncate(LINES);
        let next = lines.last().filter(|_| more).map(|last| here.with_query([("after", &cursor(last))]));
        Self { lines, first: after.map(|_| here.clone()), next }
    }
}

/// The form that narrows a list: a search, and one choice.
#[derive(Debug)]
pub struct Filters<'a> {
    /// The list.
    pub list: Path,
    /// What can be searched for.
    pub search: Key,
    /// What was searched for.
    pub typed: String,
    /// The name of the choice.
    pub name: &'static str,
    /// What it is called.
    pub label: Key,
    /// Its first option, which leaves nothing out.
    pub any: Key,
    /// The others.
    pub options: Vec<Choice>,
    /// The one that was chosen.
    pub chosen: &'a str,
}

/// Renders it.
pub fn filters(filters: Filters<'_>, words: Words) -> Markup {
    let options = filters
        .options
        .into_iter()
        .map(|one| {
            let selected = one.value == filters.chosen;
            view! { <option value=one.value selected=selected>{one.label}</option> }
        })
        .collect_view();
    view! {
        <form class="filters" method="get" action=filters.list.to_string() role="search">
            <div class="field">
                <label for="q">{words.say(filters.search)}</label>
                <input id="q" name="q" type="search" maxlength="100" value=filters.typed/>
            </div>
            <div class="field">
                <label for=filters.name>{words.say(filters.label)}</label>
                <select id=filters.name name=filters.name>
                    <option value="">{words.say(filters.any)}</option>
                    {options}
                </select>
            </div>
            <button class="button" data-kind="plain" type="submit">{words.say(keys::PAGER_FIND)}</button>
        </form>
    }
    .into_markup()
}

/// A column of a table; a text where nothing else is said.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    title: Key,
    number: bool,
}

impl Column {
    /// A column of numbers, whose cells have the class `n`.
    pub fn number(title: Key) -> Self {
        Self { title, number: true }
    }
}

impl From<Key> for Column {
    fn from(title: Key) -> Self {
        Self { title, number: false }
    }
}

/// The table of a list, or what stands in its place while nothing is on it.
pub fn list_table<const N: usize>(
    label: Key,
    columns: [impl Into<Column>; N],
    rows: Vec<Markup>,
    empty: (Key, Key),
    words: Words,
) -> Markup {
    if rows.is_empty() {
        let (what, help) = empty;
        return view! {
            <div class="panel"><div class="body">
                <p><strong>{words.say(what)}</strong></p>
                <p class="muted">{words.say(help)}</p>
            </div></div>
        }
        .into_markup();
    }
    view! {
        <section class="panel">{scrolling_table(label, columns, rows, words)}</section>
    }
    .into_markup()
}

/// A table that scrolls by itself where it is wider than the screen, also by keyboard.
pub fn scrolling_table<const N: usize>(
    label: Key,
    columns: [impl Into<Column>; N],
    rows: Vec<Markup>,
    words: Words,
) -> Markup {
    let heads = columns.map(Into::into).map(|Column { title, number }| {
        view! { <th scope="col" class=number.then_some("n")>{words.say(title)}</th> }
    });
    let heads = heads.collect_view();
    view! {
        <div class="scroll" tabindex="0" role="group" aria-label=words.say(label)>
            <table class="table"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>
        </div>
    }
    .into_markup()
}

/// The way on in a list that has no filters.
pub fn further(to: &Path, label: Key, words: Words) -> Markup {
    view! {
        <p><a class="button" data-kind="plain" rel="next" href=to.to_string()>{words.say(label)}</a></p>
    }
    .into_markup()
}

/// The way through a long list; nothing where all of it is shown.
pub fn pager(first: Option<&Path>, next: Option<&Path>, words: Words) -> Option<Markup> {
    first.or(next)?;
    let link = |to: &Path, rel: Option<&'static str>, key: Key| {
        view! { <a class="button" data-kind="plain" rel=rel href=to.to_string()>{words.say(key)}</a> }
    };
    Some(
        view! {
            <p class="cluster">
                {first.map(|first| link(first, None, keys::PAGER_FIRST))}
                {next.map(|next| link(next, Some("next"), keys::PAGER_NEXT))}
            </p>
        }
        .into_markup(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paths;

    #[test]
    fn a_page_leads_on_only_where_there_is_more() {
        let cut = |count: usize, after| {
            Slice::of((0..count).collect(), &paths::PEOPLE, after, |line: &usize| line.to_string())
        };
        let short = cut(50, None);
        assert_eq!((short.lines.len(), short.first, short.next), (50, None, None));
        let long = cut(51, Some("x"));
        assert_eq!(long.lines.len(), 50);
        assert_eq!(long.first, Some(paths::PEOPLE));
        assert_eq!(long.next.unwrap().as_str(), "/manage/people?after=49");
    }
}
