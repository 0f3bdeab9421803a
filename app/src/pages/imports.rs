//! Customers from a file: the form, what would happen, what has happened.

use axum::extract::Query;
use leptos::prelude::*;
use serde::Deserialize;
use services::imports::{self, Kept as KeptFile, Progress, Report, columns::Column as FileColumn};
use uuid::Uuid;
use words::{Key, keys};

use crate::{
    forms::{FormState, Kept},
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult, csv},
    paths,
    shell::{Head, Nav, page},
    ui::{Column, Field, error_summary, icon, scrolling_table, text_area, text_field},
    visitor::{SignedIn, Visitor},
};

/// Refused lines shown on the page; the error file has them all.
const SHOWN: usize = 20;

/// Which file the page is about.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct FileQuery {
    file: Option<Uuid>,
}

/// `GET /manage/import`
///
/// # Errors
/// [`PageError::NotAllowed`] for everybody but administrators.
pub async fn form(
    SignedIn { visitor, person }: SignedIn,
    Query(kept): Query<Kept>,
    Query(query): Query<FileQuery>,
) -> PageResult {
    let by = person.actor.administering().ok_or(PageError::NotAllowed)?;
    let words = visitor.words;
    let assets = &visitor.app.assets;
    let form = FormState::kept(&kept, &visitor).await?.unwrap_or_default();
    let file = match query.file {
        Some(id) => imports::kept(&visitor.app.ctx, by, id).await?,
        None => None,
    };
    let country = Field {
        name: "country",
        label: words.say(keys::IMPORT_COUNTRY).into_owned(),
        help: Some(words.say(keys::IMPORT_COUNTRY_HELP).into_owned()),
        optional: true,
        maxlength: 2,
        autocomplete: "off",
        ..Field::default()
    };
    let mapping = Field {
        name: "mapping",
        label: words.say(keys::IMPORT_MAPPING).into_owned(),
        help: Some(words.say(keys::IMPORT_MAPPING_HELP).into_owned()),
        optional: true,
        full: true,
        ..Field::default()
    };
    let file_error = form.error("file", words);
    let invalid = file_error.is_some().then_some("true");
    let described = if invalid.is_some() { "file-error file-help" } else { "file-help" };
    let file_error = file_error.map(|error| {
        view! { <p class="error" id="file-error">{icon(assets, "alert")}<span>{error}</span></p> }
    });
    let result = file.map(|file| result(&file, &visitor));
    let view = view! {
        <header class="page-head">
            <div class="spread">
                <h1>{words.say(keys::NAV_IMPORT)}</h1>
                <a class="small" href=paths::IMPORT_TEMPLATE.to_string() download="">
                    {words.say(keys::IMPORT_TEMPLATE)}
                </a>
            </div>
            <p class="lede">{words.say(keys::IMPORT_LEDE)}</p>
        </header>
        <div class="stack">
            {result}
            <section class="panel" aria-label=words.say(keys::IMPORT_CHECK)>
                <form class="form body" method="post" action=paths::IMPORT.to_string()
                    enctype="multipart/form-data" novalidate=true>
                    {error_summary(&form, words)}
                    <div class="fields">
                        {text_field(&country, &form, words, assets)}
                        {text_area(&mapping, &form, words, assets)}
                        <div class="field full">
                            <label for="file">{words.say(keys::IMPORT_FILE)}</label>
                            <input id="file" name="file" type="file" required=true aria-invalid=invalid
                                accept=".csv,.txt,text/csv" aria-describedby=described/>
                            {file_error}
                            <p class="help" id="file-help">{words.say(keys::IMPORT_FILE_HELP)}</p>
                        </div>
                    </div>
                    <div class="cluster">
                        <button class="button" type="submit">{words.say(keys::IMPORT_CHECK)}</button>
                    </div>
                </form>
            </section>
        </div>
    };
    Ok(page(&visitor, Head::new(words.say(keys::NAV_IMPORT)).in_nav(Nav::Import).compact(), view))
}

fn result(file: &KeptFile, visitor: &Visitor) -> Markup {
    let words = visitor.words;
    let title = words.with(keys::IMPORT_RESULT, [("name", file.name.as_str().into())]);
    let id = file.id.to_string();
    let body = match &file.progress {
        Progress::Seen(report) => {
            let worth =
                report.new_accounts + report.changed_accounts + report.new_people + report.changed_people;
            let confirm = (worth > 0 || report.unchanged > 0).then(|| {
                view! {
                    <form method="post" action=paths::IMPORT_CONFIRM.to_string()>
                        <input type="hidden" name="file" value=id.clone()/>
                        <p class="small muted">{words.say(keys::IMPORT_CONFIRM_HELP)}</p>
                        <button class="button" data-size="large" type="submit">
                            {words.say(keys::IMPORT_CONFIRM)}
                        </button>
                    </form>
                }
            });
            view! { {figures(report, &id, keys::IMPORT_PREVIEW, visitor)} {confirm} }.into_markup()
        }
        Progress::Taken(report) => figures(report, &id, keys::IMPORT_DONE, visitor),
        Progress::Running(_) => {
            let again = paths::IMPORT.with_query([("file", &id)]).to_string();
            view! {
                <p role="status">{words.say(keys::IMPORT_RUNNING)}</p>
                <p><a class="button" data-kind="plain" href=again>{words.say(keys::IMPORT_RELOAD)}</a></p>
            }
            .into_markup()
        }
        Progress::Failed => view! {
            <form method="post" action=paths::IMPORT_CONFIRM.to_string()>
                <input type="hidden" name="file" value=id.clone()/>
                <p role="alert">{words.say(keys::IMPORT_FAILED)}</p>
                <button class="button" type="submit">{words.say(keys::IMPORT_AGAIN)}</button>
            </form>
        }
        .into_markup(),
    };
    view! {
        <section class="panel" aria-labelledby="result">
            <header><h2 id="result">{title}</h2></header>
            <div class="body">{body}</div>
        </section>
    }
    .into_markup()
}

fn figures(report: &Report, id: &str, title: Key, visitor: &Visitor) -> Markup {
    let (words, formats) = (visitor.words, visitor.formats());
    let number = |count: u64| formats.number(i64::try_from(count).unwrap_or(i64::MAX));
    let rows = [
        (keys::IMPORT_NEW_ACCOUNTS, report.new_accounts),
        (keys::IMPORT_CHANGED_ACCOUNTS, report.changed_accounts),
        (keys::IMPORT_NEW_PEOPLE, report.new_people),
        (keys::IMPORT_CHANGED_PEOPLE, report.changed_people),
        (keys::IMPORT_UNCHANGED, report.unchanged),
        (keys::IMPORT_REFUSED, report.refused_count),
    ]
    .into_iter()
    .map(|(key, count)| view! { <tr><th scope="row">{words.say(key)}</th><td class="n">{number(count)}</td></tr> })
    .collect_view();
    let unused = (!report.unused.is_empty()).then(|| {
        let columns = report.unused.join(", ");
        view! { <p class="small muted">{words.with(keys::IMPORT_UNUSED, [("columns", columns.into())])}</p> }
    });
    let refused = (!report.refused.is_empty()).then(|| {
        let lines = report
            .refused
            .iter()
            .take(SHOWN)
            .map(|refused| {
                view! {
                    <tr>
                        <th scope="row" class="n">{number(refused.line)}</th>
                        <td>{words.error(&refused.code)}</td>
                        <td>{refused.fields.join(" · ")}</td>
                    </tr>
                }
                .into_markup()
            })
            .collect();
        let columns = [
            Column::number(keys::IMPORT_ERRORS_LINE),
            keys::IMPORT_ERRORS_REASON.into(),
            keys::IMPORT_ERRORS_CONTENT.into(),
        ];
        let more = (report.refused.len() > SHOWN)
            .then(|| view! { <p class="small muted">{words.say(keys::IMPORT_ERRORS_MORE)}</p> });
        view! {
            <h3>{words.say(keys::IMPORT_ERRORS_TITLE)}</h3>
            {scrolling_table(keys::IMPORT_ERRORS_TITLE, columns, lines, words)}
            {more}
            <p>
                <a class="button" data-kind="plain" download=""
                    href=paths::IMPORT_ERRORS.with_query([("file", id)]).to_string()>
                    {words.say(keys::IMPORT_ERRORS)}
                </a>
            </p>
        }
    });
    let read = words.with(keys::IMPORT_LINES, [("n", number(report.lines).into())]);
    view! {
        <p><strong>{words.say(title)}</strong> " · " {read}</p>
        <table class="table"><tbody>{rows}</tbody></table>
        {unused}
        {refused}
    }
    .into_markup()
}

/// `GET /manage/import/errors.csv`
///
/// # Errors
/// [`PageError::NotAllowed`] for everybody but administrators.
pub async fn errors(SignedIn { visitor, person }: SignedIn, Query(query): Query<FileQuery>) -> PageResult {
    let by = person.actor.administering().ok_or(PageError::NotAllowed)?;
    let id = query.file.ok_or(PageError::NotFound)?;
    match imports::kept(&visitor.app.ctx, by, id).await?.map(|file| file.progress) {
        Some(Progress::Seen(report) | Progress::Taken(report)) => {
            Ok(csv::file(imports::errors_csv(&report, visitor.words), "import-errors.csv"))
        }
        _ => Err(PageError::NotFound),
    }
}

/// `GET /manage/import/template.csv`
///
/// # Errors
/// [`PageError::NotAllowed`] for everybody but administrators.
pub async fn template(SignedIn { person, .. }: SignedIn) -> PageResult {
    person.actor.administering().ok_or(PageError::NotAllowed)?;
    let split_names = [FileColumn::FirstName, FileColumn::LastName];
    let columns = FileColumn::ALL.into_iter().filter(|column| !split_names.contains(column));
    let names: Vec<_> = columns.map(FileColumn::name).collect();
    Ok(csv::file(format!("\u{FEFF}{}\r\n", names.join(";")), "import-template.csv"))
}
