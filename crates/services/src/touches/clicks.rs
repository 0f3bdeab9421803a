//! Clicks: kept durably before they are answered, and cheap all the same.
//!
//! One thread writes. While it waits for the disk the next clicks queue up, and all of them share the next wait (group
//! commit). Each handler gets its answer when the batch with its click is committed; what can be done before the thread's
//! turn (numbers, hashes) its handler does, because all others wait for the thread. Where codes lead is remembered for half a
//! minute, and the day's salt for the day, so a click on a known link asks the database nothing.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
    thread,
};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{
    ids::TouchId,
    text::LinkCode,
    touches::{Channel, CodeKind, Visitor},
};
use store::{
    Store, StoreError,
    clicks::ClickWriter,
    touches::{NewTouch, Target},
};
use tokio::{runtime::Handle, sync::oneshot};

use super::{
    gather::{self, BATCH, Door, Gathering, Pending},
    salt::day_salt,
};
use crate::{Ctx, SecretKey};

/// How long a code's target is believed without asking. Another server may have changed it.
const BELIEVED: TimeDelta = TimeDelta::seconds(30);
/// Codes remembered at most; a guesser must not fill the memory.
const REMEMBERED: usize = 20_000;

/// A click, before it has a number.
#[derive(Clone, Debug)]
pub struct Click {
    /// Where the code leads.
    pub target: Arc<Target>,
    /// Where it was met.
    pub channel: Channel,
    /// Who came.
    pub visitor: Visitor,
    /// Address and browser; hashed with the day's salt and then forgotten.
    pub visitor_signs: String,
}

/// Why a click was not kept.
#[derive(Debug, thiserror::Error)]
pub enum ClickError {
    /// The memory failed, or more clicks wait than can be served.
    #[error("clicks_away")]
    Away,
    /// The memory failed while the code was looked up.
    #[error(transparent)]
    Store(#[from] StoreError),
}

struct Known {
    target: Arc<Target>,
    since: DateTime<Utc>,
}

/// The salt of a day.
struct Salt {
    day: NaiveDate,
    key: SecretKey,
}

/// The way to the thread that writes clicks. Cheap to clone; the thread ends with the last clone.
#[derive(Clone)]
pub struct Clicks {
    ctx: Ctx,
    door: Door,
    known: Arc<RwLock<HashMap<String, Known>>>,
    salt: Arc<RwLock<Option<Salt>>>,
}

impl std::fmt::Debug for Clicks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Clicks").finish_non_exhaustive()
    }
}

impl Clicks {
    /// Starts the thread, which waits for the disk so that no task has to.
    ///
    /// # Panics
    /// Outside of a runtime.
    pub fn start(ctx: Ctx) -> Self {
        let (door, gathering) = gather::queue();
        let (store, runtime) = (ctx.store.clone(), Handle::current());
        let started =
            thread::Builder::new().name("clicks".into()).spawn(move || write(&store, &runtime, gathering));
        if let Err(error) = started {
            tracing::error!(%error, "clicks can't be kept");
        }
        Self { ctx, door, known: Arc::default(), salt: Arc::default() }
    }

    /// Where the code of a link leads, as it was typed.
    ///
    /// # Errors
    /// When the memory fails.
    pub async fn target(&self, typed: &str) -> Result<Option<Arc<Target>>, ClickError> {
        let now = self.ctx.now();
        {
            let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
            if let Some(found) = known.get(typed)
                && now - found.since < BELIEVED
            {
                return Ok(Some(found.target.clone()));
            }
        }
        let Ok(code) = LinkCode::parse(typed) else { return Ok(None) };
        let Some(target) = self.ctx.store.touches().target(code.as_str(), CodeKind::Link).await? else {
            self.known.write().unwrap_or_else(PoisonError::into_inner).remove(typed);
            return Ok(None);
        };
        let target = Arc::new(target);
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= REMEMBERED {
            known.clear();
        }
        known.insert(typed.to_owned(), Known { target: target.clone(), since: now });
        Ok(Some(target))
    }

    /// Forgets where codes lead: after a programme, a member or a code was changed on this server.
    pub fn forget_targets(&self) {
        self.known.write().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Keeps a click and answers its number once it is safely on the disk.
    ///
    /// # Errors
    /// [`ClickError::Away`] when it is not: then it does not count, and nobody was told that it would.
    pub async fn keep(&self, click: Click) -> Result<TouchId, ClickError> {
        let at = self.ctx.now();
        let id = self.ctx.new_id();
        let touch = NewTouch {
            id,
            code: click.target.code.clone(),
            member: click.target.member,
            program: click.target.program,
            channel: click.channel,
            visitor_hash: self.visitor_hash(&click.visitor_signs, at).await?,
            visitor: click.visitor,
            at,
        };
        let (kept, told) = oneshot::channel();
        self.door.enter(Pending { touch, kept }).map_err(|_| ClickError::Away)?;
        if told.await.unwrap_or(false) { Ok(id) } else { Err(ClickError::Away) }
    }

    async fn visitor_hash(&self, signs: &str, at: DateTime<Utc>) -> Result<String, StoreError> {
        let day = at.date_naive();
        {
            let known = self.salt.read().unwrap_or_else(PoisonError::into_inner);
            if let Some(salt) = known.as_ref().filter(|salt| salt.day == day) {
                return Ok(salt.key.token("visitor", signs));
            }
        }
        let tx = self.ctx.store.begin().await?;
        let key = day_salt(&self.ctx, &tx, at).await?;
        tx.commit().await?;
        let hash = key.token("visitor", signs);
        *self.salt.write().unwrap_or_else(PoisonError::into_inner) = Some(Salt { day, key });
        Ok(hash)
    }
}

fn write(store: &Store, runtime: &Handle, mut gathering: Gathering) {
    let mut batch = Vec::with_capacity(BATCH);
    let mut writer = None;
    while gathering.next(&mut batch) {
        let kept = commit(store, runtime, &batch, &mut writer);
        if let Err(error) = &kept {
            // Perhaps because of it: the next batch opens another.
            writer = None;
            tracing::error!(%error, clicks = batch.len(), "clicks could not be kept");
        }
        gathering.written(batch.len());
        for pending in batch.drain(..) {
            // A visitor who has gone away does not hear it.
            let _ = pending.kept.send(kept.is_ok());
        }
    }
}

fn commit(
    store: &Store,
    runtime: &Handle,
    batch: &[Pending],
    writer: &mut Option<ClickWriter>,
) -> Result<(), StoreError> {
    let touches = batch.iter().map(|pending| &pending.touch).collect::<Vec<_>>();
    let open = match writer.take() {
        Some(open) => open,
        None => store.click_writer()?,
    };
    writer.insert(open).keep(runtime, &touches)
}
