//! Clicks that wait for the next commit, and the one thread that waits for them.
//!
//! A commit costs the same wait for the disk however many clicks are in it. While the thread writes, clicks queue up; but
//! who is answered comes again at once when a portal is busy, and a thread that took whatever was there would always leave
//! half of them to the next commit. So it waits for as many as were under way before, as long as that pays.

use std::{
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use store::touches::NewTouch;
use tokio::sync::oneshot;

/// Clicks that may wait; more than that and the server is drowning, which it then says.
const QUEUE: usize = 4096;
/// Rows of one commit: well under 20 ms, so that other writers are not kept waiting.
pub(super) const BATCH: usize = 256;
/// How long the thread waits for those whom it expects: less than a disk takes to say that all is written. Who comes alone
/// is not kept waiting.
const GATHERING: Duration = Duration::from_micros(200);

/// A click, and whom to tell whether it is kept.
pub(super) struct Pending {
    pub(super) touch: NewTouch,
    pub(super) kept: oneshot::Sender<bool>,
}

/// The way in; the thread ends with the last one.
#[derive(Clone)]
pub(super) struct Door(Arc<Opened>);

/// The thread's side.
pub(super) struct Gathering {
    shared: Arc<Shared>,
    /// How many are thought to be under way.
    expected: usize,
}

struct Opened(Arc<Shared>);

#[derive(Default)]
struct Shared {
    queue: Mutex<Queue>,
    enough: Condvar,
}

#[derive(Default)]
struct Queue {
    clicks: Vec<Pending>,
    /// At how many the thread is to be woken; zero while it does not wait.
    wanted: usize,
    closed: bool,
}

/// Both sides of a new queue.
pub(super) fn queue() -> (Door, Gathering) {
    let shared = Arc::new(Shared::default());
    (Door(Arc::new(Opened(shared.clone()))), Gathering { shared, expected: 1 })
}

impl Shared {
    /// What a thread that panicked left in the queue is as good as ever: each change to it is one step.
    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        self.0.lock().closed = true;
        self.0.enough.notify_one();
    }
}

impl Door {
    /// Lines up; given back when the queue is full or nobody works it off any more.
    pub(super) fn enter(&self, pending: Pending) -> Result<(), Pending> {
        let shared = &self.0.0;
        let mut queue = shared.lock();
        if queue.closed || queue.clicks.len() >= QUEUE {
            return Err(pending);
        }
        queue.clicks.push(pending);
        let enough = queue.clicks.len() == queue.wanted;
        drop(queue);
        if enough {
            shared.enough.notify_one();
        }
        Ok(())
    }
}

impl Gathering {
    /// Waits for the next clicks and takes at most [`BATCH`] of them. `false` when no more will come.
    pub(super) fn next(&mut self, batch: &mut Vec<Pending>) -> bool {
        let mut queue = self.shared.lock();
        while queue.clicks.is_empty() {
            if queue.closed {
                return false;
            }
            queue.wanted = 1;
            queue = self.shared.enough.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
        let until = Instant::now() + GATHERING;
        while queue.clicks.len() < self.expected && !queue.closed {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            queue.wanted = self.expected;
            queue = self.shared.enough.wait_timeout(queue, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        queue.wanted = 0;
        let taken = queue.clicks.len().min(BATCH);
        batch.extend(queue.clicks.drain(..taken));
        true
    }

    /// So many were just written, and are about to be told: with those that came meanwhile they are who may come next.
    pub(super) fn written(&mut self, clicks: usize) {
        self.expected = (clicks + self.shared.lock().clicks.len()).min(BATCH);
    }
}

impl Drop for Gathering {
    /// A thread that has ended answers nobody: who waits is told so at once, and who comes later at the door.
    fn drop(&mut self) {
        let mut queue = self.shared.lock();
        queue.closed = true;
        queue.clicks.clear();
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use chrono::DateTime;
    use domain::touches::{Channel, Visitor};
    use uuid::Uuid;

    use super::*;

    fn pending() -> (Pending, oneshot::Receiver<bool>) {
        let touch = NewTouch {
            id: Uuid::nil().into(),
            code: "anna-berger".to_owned(),
            member: Uuid::nil().into(),
            program: Uuid::nil().into(),
            channel: Channel::Link,
            visitor_hash: String::new(),
            visitor: Visitor::Person,
            at: DateTime::UNIX_EPOCH,
        };
        let (kept, told) = oneshot::channel();
        (Pending { touch, kept }, told)
    }

    fn enter(door: &Door, clicks: usize) -> Vec<oneshot::Receiver<bool>> {
        (0..clicks)
            .map(|_| {
                let (pending, told) = pending();
                assert!(door.enter(pending).is_ok());
                told
            })
            .collect()
    }

    #[test]
    fn what_has_come_is_taken_at_once_and_at_most_a_batch_of_it() {
        let (door, mut gathering) = queue();
        let _told = enter(&door, BATCH + 1);
        let mut batch = Vec::new();
        assert!(gathering.next(&mut batch));
        assert_eq!(batch.len(), BATCH);
        batch.clear();
        assert!(gathering.next(&mut batch));
        assert_eq!(batch.len(), 1);
    }

    #[test]
    fn as_many_as_were_under_way_are_waited_for_and_not_longer_than_it_pays() {
        let (door, mut gathering) = queue();
        let mut batch = Vec::new();
        let _told = enter(&door, 3);
        assert!(gathering.next(&mut batch));
        let _more = enter(&door, 2);
        gathering.written(batch.len());
        assert_eq!(gathering.expected, 5);
        // Nobody else comes: the two are not kept for ever.
        batch.clear();
        assert!(gathering.next(&mut batch));
        assert_eq!(batch.len(), 2);
        gathering.written(batch.len());
        assert_eq!(gathering.expected, 2);
    }

    #[test]
    fn a_click_wakes_the_thread_and_the_last_door_ends_it() {
        let (door, mut gathering) = queue();
        let other = door.clone();
        let worker = thread::spawn(move || {
            let (mut batch, mut seen) = (Vec::new(), 0);
            while gathering.next(&mut batch) {
                seen += batch.len();
                for pending in batch.drain(..) {
                    let _ = pending.kept.send(true);
                }
            }
            seen
        });
        for told in enter(&door, 1) {
            assert_eq!(told.blocking_recv(), Ok(true));
        }
        drop(door);
        for told in enter(&other, 1) {
            assert_eq!(told.blocking_recv(), Ok(true));
        }
        drop(other);
        assert_eq!(worker.join().ok(), Some(2));
    }

    #[test]
    fn a_full_queue_and_a_thread_that_is_gone_turn_clicks_away() {
        let (door, gathering) = queue();
        let told = enter(&door, QUEUE);
        assert!(door.enter(pending().0).is_err());
        drop(gathering);
        assert!(told.into_iter().all(|told| told.blocking_recv().is_err()));
        assert!(door.enter(pending().0).is_err());
    }
}
