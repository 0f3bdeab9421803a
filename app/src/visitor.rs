//! Who asks: their session, the member behind it, their language.

use axum::{
    extract::{FromRef, FromRequestParts},
    http::{HeaderMap, Method, header, request::Parts},
    response::{IntoResponse, Response},
};
use domain::{ids::TouchId, text::Language};
use services::members::Person;
use tower_sessions::Session;
use uuid::Uuid;
use words::{Formats, Region, Words};

use crate::{
    forms::{Flash, FormState},
    pages::PageError,
    paths::{self, Path},
    shell::go,
    state::App,
};

/// Keys of the session's values.
pub mod session_keys {
    /// The signed-in member's id; the session store keeps it beside the record as well.
    pub const MEMBER: &str = "member";
    pub(crate) const BROWSER: &str = "browser";
    pub(crate) const ATTEMPT: &str = "attempt";
    pub(crate) const PROVIDER: &str = "provider";
    pub(crate) const NEXT: &str = "next";
    pub(crate) const FLASH: &str = "flash";
    pub(crate) const SEEN_ON: &str = "seen_on";
}

/// The cookie that keeps a language chosen by somebody who is not signed in.
pub const LANGUAGE_COOKIE: &str = "dreiklang_language";

/// The cookie that remembers a recommendation, only where somebody has asked for it.
pub const REMEMBERED_COOKIE: &str = "dreiklang_recommendation";

/// Whoever sent this request.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// The state, for handlers that need no more.
    pub app: App,
    /// Their session; it makes a cookie only once something is kept in it.
    pub session: Session,
    /// Who they are, if they are signed in.
    pub person: Option<Person>,
    /// Texts in their language.
    pub words: Words,
    /// The path they asked for.
    pub path: String,
    /// The network address, as far as we can know it.
    pub source: String,
    /// What the last form has to say.
    pub flash: Option<Flash>,
    /// The recommendation that this browser was asked to remember.
    pub remembered: Option<TouchId>,
}

/// Tells the middleware around forms that this answer came between somebody and the form they had sent.
#[derive(Clone, Copy, Debug)]
pub struct Interrupted;

/// The network address of a request, put there by the server's middleware.
#[derive(Clone, Debug)]
pub struct Source(pub String);

impl Visitor {
    /// Formats in their language.
    pub fn formats(&self) -> Formats {
        Formats::new(self.words, self.app.ctx.host.zone)
    }

    /// A secret of this browser that outlives signing in; made on first use.
    ///
    /// # Errors
    /// When the session can't be kept.
    pub async fn browser(&self) -> Result<String, PageError> {
        if let Some(known) = self.session.get(session_keys::BROWSER).await? {
            return Ok(known);
        }
        let id: Uuid = self.app.ctx.new_id();
        let fresh = self.app.ctx.secret.token("browser-secret", &id.to_string());
        self.session.insert(session_keys::BROWSER, &fresh).await?;
        Ok(fresh)
    }

    /// Says something on the next page.
    ///
    /// # Errors
    /// When the session can't be kept.
    pub async fn flash(&self, flash: Flash) -> Result<(), PageError> {
        Ok(self.session.insert(session_keys::FLASH, flash).await?)
    }

    /// Makes this session the member's, under a new id.
    ///
    /// # Errors
    /// When the session can't be kept.
    pub async fn become_member(&self, member: domain::ids::MemberId) -> Result<(), PageError> {
        self.session.cycle_id().await?;
        self.session.insert(session_keys::MEMBER, member).await?;
        Ok(self.session.remove::<Uuid>(session_keys::ATTEMPT).await.map(|_| ())?)
    }

    /// Sends somebody who is not signed in to the sign-in page, and remembers where they wanted to go.
    pub async fn to_sign_in(&self, wanted: &Path) -> Response {
        match self.session.insert(session_keys::NEXT, wanted.as_str()).await {
            Ok(()) => go(&paths::SIGN_IN),
            Err(error) => PageError::from(error).into_response(),
        }
    }

    /// Keeps a form that was sent without a session, and comes back to it after signing in.
    ///
    /// # Errors
    /// When it can't be kept.
    pub async fn interrupted(&self, form: FormState, page: &Path) -> Result<(), PageError> {
        let kept = form.keep(self).await?;
        self.session.insert(session_keys::NEXT, page.with_form(kept).as_str()).await?;
        self.flash(Flash::Interrupted).await
    }

    /// Asks a participant for their agreement, and remembers where they wanted to go.
    async fn to_terms(&self, wanted: &Path) -> Response {
        match self.session.insert(session_keys::NEXT, wanted.as_str()).await {
            Ok(()) => go(&paths::TERMS),
            Err(error) => PageError::from(error).into_response(),
        }
    }

    /// Where they wanted to go before they signed in.
    ///
    /// # Errors
    /// When the session can't be read.
    pub async fn take_wanted(&self) -> Result<Path, PageError> {
        let wanted: Option<String> = self.session.remove(session_keys::NEXT).await?;
        Ok(wanted.and_then(|path| Path::of_request(&path)).unwrap_or(paths::HOME))
    }
}

impl<S> FromRequestParts<S> for Visitor
where
    App: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let app = App::from_ref(state);
        let session = Session::from_request_parts(parts, state).await.map_err(IntoResponse::into_response)?;
        let read = async {
            let member = session.get(session_keys::MEMBER).await?;
            let person = match member {
                Some(member) => app.ctx.store.person_asking(member).await?,
                None => None,
            };
            // A session is prolonged whenever it is saved, and it is saved only when something in it changes: the day of
            // the visit does, once a day.
            if person.is_some() {
                session.insert(session_keys::SEEN_ON, app.ctx.now().date_naive()).await?;
            }
            // Only a page that is about to be shown uses the flash up.
            let shows = parts.method == Method::GET && session.id().is_some();
            let flash = if shows { session.get(session_keys::FLASH).await? } else { None };
            // Removing what is not there would save the session with every page.
            if flash.is_some() {
                session.remove_value(session_keys::FLASH).await?;
            }
            Ok::<_, PageError>((person, flash))
        };
        let (person, flash) = read.await.map_err(IntoResponse::into_response)?;
        let language = language(&parts.headers, person.as_ref());
        let remembered = cookie(&parts.headers, REMEMBERED_COOKIE).and_then(|touch| touch.parse().ok());
        let source = parts.extensions.get::<Source>().map_or_else(String::new, |source| source.0.clone());
        let path = parts.uri.path_and_query().map_or_else(|| "/".to_owned(), |path| path.as_str().to_owned());
        // `?ref=` and `?via=` work on every page: a stranger was sent here by an advocate.
        if person.is_none()
            && parts.method == Method::GET
            && let Some(link) = paths::referred(&path)
        {
            return Err(go(&link));
        }
        // What a contact reads is kept as they have read it, and so has one spelling.
        let region = if person.is_some() { region(&parts.headers) } else { Region::default() };
        let words = Words::new(language).in_region(region);
        Ok(Self { app, session, person, words, path, source, flash, remembered })
    }
}

/// A member; anybody else is sent to sign in and comes back.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The request's visitor.
    pub visitor: Visitor,
    /// Who they are.
    pub person: Person,
}

impl<S> FromRequestParts<S> for SignedIn
where
    App: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let visitor = Visitor::from_request_parts(parts, state).await?;
        match visitor.person.clone() {
            // Participants agree to the terms before anything else, and again when these change. Legal texts, the
            // terms' own page and the way out do without this extractor.
            Some(person) if person.owes_terms() => {
                let wanted = Path::of_request(&visitor.path).filter(|_| parts.method == Method::GET);
                Err(came_between(visitor.to_terms(&wanted.unwrap_or(paths::HOME)).await))
            }
            Some(person) => Ok(Self { visitor, person }),
            None => {
                let wanted = Path::of_request(&visitor.path).unwrap_or(paths::HOME);
                Err(came_between(visitor.to_sign_in(&wanted).await))
            }
        }
    }
}

fn came_between(mut response: Response) -> Response {
    response.extensions_mut().insert(Interrupted);
    response
}

/// Signed in, their own setting; otherwise the cookie of the language switch; otherwise what the browser prefers.
fn language(headers: &HeaderMap, person: Option<&Person>) -> Language {
    if let Some(person) = person {
        return person.language;
    }
    let chosen = cookie(headers, LANGUAGE_COOKIE).and_then(Language::parse);
    chosen.unwrap_or_else(|| {
        let accepted =
            headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or("");
        preferred(accepted)
    })
}

/// Where the browser's German is read: its first German tag says so.
fn region(headers: &HeaderMap) -> Region {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let tags = accepted.split(',').map(|part| part.split(';').next().unwrap_or_default().trim());
    let mut countries = tags.filter_map(|tag| match tag.split_once('-') {
        Some((language, country)) if language.eq_ignore_ascii_case("de") => Some(Region::of(country)),
        None if tag.eq_ignore_ascii_case("de") => Some(Region::default()),
        _ => None,
    });
    countries.next().unwrap_or_default()
}

/// The value of a cookie of ours.
fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value)
}

/// The best of our languages in an `Accept-Language` header (RFC 9110, 12.5.4); German where it names none.
fn preferred(accepted: &str) -> Language {
    let mut best = (0.0, Language::German);
    for part in accepted.split(',') {
        let (tag, quality) = part.split_once(";q=").unwrap_or((part, "1"));
        let primary = tag.trim().split('-').next().unwrap_or_default().to_ascii_lowercase();
        let Some(language) = Language::parse(&primary) else { continue };
        let quality: f32 = quality.trim().parse().unwrap_or(0.0);
        if quality > best.0 {
            best = (quality, language);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browsers_first_choice_among_ours_wins() {
        assert_eq!(preferred("en-GB,en;q=0.9,de;q=0.8"), Language::English);
        assert_eq!(preferred("fr;q=1, en;q=0.3, de;q=0.7"), Language::German);
        assert_eq!(preferred("fr"), Language::German);
        assert_eq!(preferred(";;;q=x,"), Language::German);
    }

    #[test]
    fn the_browsers_first_german_says_where_it_is_read() {
        let of = |accepted: &str| {
            let value = accepted.parse().unwrap();
            region(&HeaderMap::from_iter([(header::ACCEPT_LANGUAGE, value)]))
        };
        assert_eq!(of("en-GB,de-AT;q=0.9,de-CH;q=0.8"), Region::Austria);
        assert_eq!(of("de-ch"), Region::Switzerland);
        assert_eq!(of("de,de-AT;q=0.9"), Region::Germany);
        assert_eq!(region(&HeaderMap::new()), Region::Germany);
    }
}
