//! Clicks: kept durably before they are answered, and cheap all the same.
//!
//! One thread writes. While it waits for the disk the next clicks queue up, and all of them share the next wait (group
//! commit). Each handler gets its answer when the batch with its click is committed. Where codes lead is remembered
//! for half a minute, so a click on a known link asks the database nothing.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
    thread,
};

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    ids::TouchId,
    text::LinkCode,
    touches::{Channel, CodeKind, Visitor},
};
use store::{
    StoreError,
    clicks::ClickWriter,
    touches::{NewTouch, Target},
};
use tokio::{
    runtime::Handle,
    sync::{mpsc, oneshot},
};

use super::salt::{day_of, day_salt};
use crate::{Ctx, SecretKey};

/// Clicks that may wait; more than that and the server is drowning, which it then says.
const QUEUE: usize = 4096;
/// Rows of one commit: well under 20 ms, so that other writers are not kept waiting.
const BATCH: usize = 256;
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

struct Pending {
    click: Click,
    done: oneshot::Sender<Option<TouchId>>,
}

struct Known {
    target: Arc<Target>,
    since: DateTime<Utc>,
}

/// The way to the thread that writes clicks. Cheap to clone; the thread ends with the last clone.
#[derive(Clone)]
pub struct Clicks {
    ctx: Ctx,
    queue: mpsc::Sender<Pending>,
    known: Arc<RwLock<HashMap<String, Known>>>,
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
        let (queue, waiting) = mpsc::channel(QUEUE);
        let (writing, runtime) = (ctx.clone(), Handle::current());
        let started =
            thread::Builder::new().name("clicks".into()).spawn(move || write(&writing, &runtime, waiting));
        if let Err(error) = started {
            tracing::error!(%error, "clicks can't be kept");
        }
        Self { ctx, queue, known: Arc::default() }
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
        let (done, kept) = oneshot::channel();
        self.queue.try_send(Pending { click, done }).map_err(|_| ClickError::Away)?;
        kept.await.ok().flatten().ok_or(ClickError::Away)
    }
}

/// A day's salt, as the thread remembers it.
struct Salt {
    day: String,
    key: SecretKey,
}

/// What the thread keeps between two batches; thrown away after a failure, because that may have been the cause.
#[derive(Default)]
struct Desk {
    writer: Option<ClickWriter>,
    salt: Option<Salt>,
}

fn write(ctx: &Ctx, runtime: &Handle, mut waiting: mpsc::Receiver<Pending>) {
    let mut batch = Vec::with_capacity(BATCH);
    let mut desk = Desk::default();
    while waiting.blocking_recv_many(&mut batch, BATCH) > 0 {
        let kept = commit(ctx, runtime, &batch, &mut desk);
        if let Err(error) = &kept {
            desk = Desk::default();
            tracing::error!(%error, clicks = batch.len(), "clicks could not be kept");
        }
        let touches = kept.unwrap_or_default();
        for (number, pending) in batch.drain(..).enumerate() {
            // A visitor who has gone away does not hear it.
            let _ = pending.done.send(touches.get(number).map(|touch| touch.id));
        }
    }
}

fn commit(
    ctx: &Ctx,
    runtime: &Handle,
    batch: &[Pending],
    desk: &mut Desk,
) -> Result<Vec<NewTouch>, StoreError> {
    let now = ctx.now();
    let day = day_of(now);
    let salt = match desk.salt.take().filter(|salt| salt.day == day) {
        Some(known) => known,
        None => runtime.block_on(salt_of(ctx, day, now))?,
    };
    let key = &desk.salt.insert(salt).key;
    let touches: Vec<NewTouch> = batch
        .iter()
        .map(|Pending { click, .. }| NewTouch {
            id: ctx.new_id(),
            code: click.target.code.clone(),
            member: click.target.member,
            program: click.target.program,
            channel: click.channel,
            visitor_hash: key.token("visitor", &click.visitor_signs),
            visitor: click.visitor,
            at: now,
        })
        .collect();
    let writer = match desk.writer.take() {
        Some(open) => open,
        None => ctx.store.click_writer()?,
    };
    desk.writer.insert(writer).keep(runtime, &touches)?;
    Ok(touches)
}

async fn salt_of(ctx: &Ctx, day: String, now: DateTime<Utc>) -> Result<Salt, StoreError> {
    let tx = ctx.store.begin().await?;
    let key = day_salt(ctx, &tx, now).await?;
    tx.commit().await?;
    Ok(Salt { day, key })
}
