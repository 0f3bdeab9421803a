//! How many lines one transaction of an import takes.
//!
//! Sizes are few, each twice the one before: every connection remembers its statements, one for each number of lines, and
//! those of hundreds of lines are large.

use std::time::Duration;

/// Batches that grow while they are short and shrink when one was long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pace {
    size: usize,
    most: usize,
    longest: Duration,
}

/// Lines of the first batch.
const FIRST: usize = 128;
/// Fewest lines of a batch.
const FEWEST: usize = 16;

impl Pace {
    /// On SQLite all others wait for whoever writes: a transaction stays under 16 ms. On PostgreSQL nobody does, and each
    /// commit waits for the disk: there may be as many lines as a statement has room for (65,535 values, of which a new
    /// advocate takes seventeen).
    pub(super) const fn new(one_writer: bool) -> Self {
        if one_writer {
            Self { size: FIRST, most: 256, longest: Duration::from_millis(16) }
        } else {
            Self { size: FIRST, most: 2_048, longest: Duration::from_millis(500) }
        }
    }

    /// Lines of the next batch.
    pub(super) const fn size(&self) -> usize {
        self.size
    }

    /// A batch held its transaction for so long.
    pub(super) fn took(&mut self, time: Duration) {
        if time > self.longest {
            self.size = (self.size / 2).max(FEWEST);
        } else if time < self.longest / 2 {
            self.size = (self.size * 2).min(self.most);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_grow_while_they_are_short_and_shrink_when_one_was_long() {
        for (one_writer, most) in [(true, 256), (false, 2_048)] {
            let mut pace = Pace::new(one_writer);
            let short = Duration::from_millis(1);
            (0..30).for_each(|_| pace.took(short));
            assert_eq!(pace.size(), most);
            pace.took(Duration::from_secs(1));
            assert_eq!(pace.size(), most / 2);
            (0..30).for_each(|_| pace.took(Duration::from_secs(1)));
            assert_eq!(pace.size(), FEWEST);
        }
        let mut fair = Pace::new(true);
        fair.took(Duration::from_millis(10));
        assert_eq!(fair.size(), FIRST, "neither short nor long");
    }
}
