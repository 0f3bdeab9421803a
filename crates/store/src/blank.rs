//! Whether anybody has begun here: what a demonstration must know before it invents anything.

use crate::{Result, Tx, written::row};

impl Tx {
    /// Whether there is no member, no account and no programme yet.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn is_blank(&self) -> Result<bool> {
        const SQL: &str = "SELECT 1 WHERE EXISTS (SELECT 1 FROM members) OR EXISTS (SELECT 1 FROM accounts) \
             OR EXISTS (SELECT 1 FROM programs)";
        Ok(row(self.conn(), SQL, []).await?.is_none())
    }
}
