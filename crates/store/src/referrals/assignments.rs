//! Who looks after referrals: they follow their company to another account manager, and are nobody's when theirs leaves.

use domain::ids::{AccountId, MemberId};
use sea_orm::{ConnectionTrait, DatabaseTransaction, Statement, Value};

use super::Referrals;
use crate::Result;

/// Open, or won: there is something left to do about them.
const ALIVE: &str = "f.stage IN ('submitted', 'accepted', 'contacted', 'meeting', 'qualified', 'won')";

/// Who looks after the company of `referrals f` today.
const ASSIGNED: &str =
    "(SELECT s.member_id FROM account_assignments s WHERE s.account_id = f.advocate_account_id)";

impl Referrals<'_, DatabaseTransaction> {
    /// Hands the referrals of these companies that are open or won to whoever looks after the companies now, with the
    /// benefits that their last account manager was to deliver; `owner` is in charge of what is nobody's. Answers how many
    /// referrals have another account manager now.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn follow_assignments(&self, accounts: &[AccountId], owner: Option<MemberId>) -> Result<u64> {
        if accounts.is_empty() {
            return Ok(0);
        }
        let ids: Vec<Value> = accounts.iter().map(|id| id.into_inner().into()).collect();
        let places = |from: usize| {
            let places: Vec<_> = (from..from + ids.len()).map(|place| format!("${place}")).collect();
            places.join(", ")
        };
        let theirs = |from: usize| {
            let places = places(from);
            format!(
                "f.advocate_account_id IN ({places}) AND {ALIVE} AND f.account_manager_id IS DISTINCT FROM {ASSIGNED}"
            )
        };
        // Counted up first: nobody else changes them from here on, and they still say whose they were.
        let sql = format!("UPDATE referrals AS f SET version = version + 1 WHERE {}", theirs(1));
        let moved = self.write(&sql, ids.clone()).await?;
        if moved > 0 {
            let sql = format!(
                "UPDATE deliveries SET version = version + 1, reminded_due_at = NULL, owner_id = COALESCE((\
                 SELECT s.member_id FROM rewards r JOIN referrals f ON f.id = r.referral_id \
                 JOIN account_assignments s ON s.account_id = f.advocate_account_id \
                 WHERE r.id = deliveries.reward_id), $1) \
                 WHERE done_at IS NULL AND EXISTS (\
                 SELECT 1 FROM rewards r JOIN referrals f ON f.id = r.referral_id \
                 WHERE r.id = deliveries.reward_id AND r.side = 'contact' AND {} \
                 AND (deliveries.owner_id IS NULL OR deliveries.owner_id = COALESCE(f.account_manager_id, $1)))",
                theirs(2)
            );
            let mut values = vec![owner.map(MemberId::into_inner).into()];
            values.extend(ids.iter().cloned());
            self.write(&sql, values).await?;
            let sql =
                format!("UPDATE referrals AS f SET account_manager_id = {ASSIGNED} WHERE {}", theirs(1));
            self.write(&sql, ids.clone()).await?;
        }
        // What came to nothing behind an advocate's link is their account manager's to see.
        let places = places(1);
        let sql = format!(
            "UPDATE neutral_answers SET account_manager_id = (SELECT s.member_id FROM members m \
             JOIN account_assignments s ON s.account_id = m.account_id WHERE m.id = neutral_answers.advocate_id) \
             WHERE advocate_id IN (SELECT m.id FROM members m WHERE m.account_id IN ({places}))"
        );
        self.write(&sql, ids).await?;
        Ok(moved)
    }

    /// Takes everything from an account manager who leaves or does something else now: companies, referrals that are open or
    /// won, and what they were to deliver, which goes to `owner`, who is in charge of what is nobody's. Answers how many
    /// referrals are nobody's now.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn leave(&self, manager: MemberId, owner: Option<MemberId>) -> Result<u64> {
        let manager: Value = manager.into_inner().into();
        let sql = "DELETE FROM account_assignments WHERE member_id = $1";
        self.write(sql, vec![manager.clone()]).await?;
        let sql = format!(
            "UPDATE referrals AS f SET account_manager_id = NULL, version = version + 1 \
             WHERE f.account_manager_id = $1 AND {ALIVE}"
        );
        let free = self.write(&sql, vec![manager.clone()]).await?;
        let sql = "UPDATE neutral_answers SET account_manager_id = NULL WHERE account_manager_id = $1";
        self.write(sql, vec![manager.clone()]).await?;
        let sql = "UPDATE deliveries SET owner_id = $2, version = version + 1, reminded_due_at = NULL \
                   WHERE owner_id = $1 AND done_at IS NULL";
        self.write(sql, vec![manager, owner.map(MemberId::into_inner).into()]).await?;
        Ok(free)
    }

    async fn write(&self, sql: &str, values: Vec<Value>) -> Result<u64> {
        let statement = Statement::from_sql_and_values(self.0.get_database_backend(), sql, values);
        Ok(self.0.execute_raw(statement).await?.rows_affected())
    }
}
