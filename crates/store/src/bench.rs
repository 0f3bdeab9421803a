//! A demonstration made as large as a measurement needs it: people and referrals are copied by the database itself, many
//! at once, with everything that hangs on them, so that each copy agrees with its own timeline, rewards and ledger.
//!
//! A copy's ids are those of its original with the number of the copy in the last four bytes, which are random in the
//! original; copies are made of originals only. Tables whose names begin with `bench_` hold what is copied, and to whom.

use std::{collections::BTreeMap, ops::RangeInclusive};

use chrono::{DateTime, Utc};
use domain::{
    ids::{MemberId, ReferralId},
    referrals::Step,
};
use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, IdenStatic, Iterable};
use uuid::Uuid;

use crate::{
    Result, Store, StoreError, Tx,
    entity::{
        account_assignments, account_domains, accounts, consents, contacts, deliveries, ledger_transfers,
        member_roles, members, referral_events, referral_messages, referrals, rewards, win_entries,
    },
    micros,
    written::{row, rows},
};

/// Referrals of one transaction.
const AT_ONCE: u32 = 50_000;

/// All of them.
const TABLES: [&str; 15] = [
    "bench_copies",
    "bench_people",
    "bench_customers",
    "bench_sources",
    "bench_ledger",
    "bench_accounts",
    "bench_referrals",
    "bench_referral_events",
    "bench_contacts",
    "bench_consents",
    "bench_referral_messages",
    "bench_rewards",
    "bench_deliveries",
    "bench_win_entries",
    "bench_ledger_transfers",
];

/// Referrals that something hangs on which is one of its kind: a shortfall, an introduction, a grant, a case of the matrix. (A
/// suspicion is not copied, and holds nothing without its row.)
const SINGULAR: &str = "EXISTS (SELECT 1 FROM first_contacts x WHERE x.referral_id = f.id) \
     OR EXISTS (SELECT 1 FROM rewards r WHERE r.referral_id = f.id AND (r.receiver_member_id IS NOT NULL \
     OR EXISTS (SELECT 1 FROM shortfalls x WHERE x.reward_id = r.id) \
     OR EXISTS (SELECT 1 FROM set_offs x WHERE x.reward_id = r.id) \
     OR EXISTS (SELECT 1 FROM introductions x WHERE x.reward_id = r.id) \
     OR EXISTS (SELECT 1 FROM grants x WHERE x.reward_id = r.id) \
     OR EXISTS (SELECT 1 FROM compliance_cases x WHERE x.reward_id = r.id)))";

/// How large it is to become.
#[derive(Clone, Copy, Debug)]
pub struct Growth {
    /// Advocates, each at a customer of their own.
    pub advocates: u32,
    /// Referrals in all.
    pub referrals: u32,
    /// Transfers of one of the advocates, at least.
    pub transfers: u32,
    /// From when on these transfers were booked.
    pub since: DateTime<Utc>,
}

/// A stage move that can be made: which referral, what of it was seen, who looks after it, and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Movable {
    /// Which referral.
    pub referral: ReferralId,
    /// Its version.
    pub version: i32,
    /// Its account manager.
    pub manager: MemberId,
    /// How far it has come.
    pub reached: Step,
}

impl Store {
    /// Makes a demonstration as large as this. Answers the advocate with so many transfers.
    ///
    /// # Errors
    /// When the database refuses; what was copied until then stays.
    pub async fn grow(&self, growth: Growth) -> Result<MemberId> {
        let tx = self.begin().await?;
        let copying = Copying { backend: tx.conn().get_database_backend() };
        if copying.backend == DbBackend::Sqlite {
            // The indexes of all these tables grow at once.
            tx.conn().execute_unprepared("PRAGMA cache_size = -1000000").await?;
        }
        copying.people(&tx, growth).await?;
        let rounds = copying.plan(&tx, growth).await?;
        copying.stage(&tx).await?;
        tx.commit().await?;

        for ks in rounds {
            let tx = self.begin().await?;
            copying.referrals(&tx, &ks).await?;
            tx.commit().await?;
        }

        let tx = self.begin().await?;
        copying.count(&tx).await?;
        let busiest = row(tx.conn(), "SELECT member_id FROM bench_people WHERE n = 0", []).await?;
        let busiest: Uuid = busiest.ok_or(StoreError::Corrupt("bench_people"))?.try_get_by_index(0)?;
        for table in TABLES {
            run(&tx, &format!("DROP TABLE {table}")).await?;
        }
        // Tiers, remembered numbers of customers: whatever pages remember is older than this.
        tx.mark_catalogue();
        tx.commit().await?;
        self.analyze().await?;
        Ok(busiest.into())
    }

    /// What the database knows of its tables, counted anew.
    async fn analyze(&self) -> Result<()> {
        let tx = self.begin().await?;
        run(&tx, "ANALYZE").await?;
        tx.commit().await
    }

    /// Up to this many referrals that can be moved on to a step that pays, from all over the table.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn movable(&self, limit: u32) -> Result<Vec<Movable>> {
        const SQL: &str = "SELECT id, version, account_manager_id, reached FROM referrals \
             WHERE stage IN ('accepted', 'contacted', 'meeting', 'qualified') AND consent = 'given' \
             AND account_manager_id IS NOT NULL AND incentive_id IS NOT NULL ORDER BY submission_key LIMIT $1";
        let found = rows(self.reader(), SQL, [i64::from(limit).into()]).await?;
        let movable = |row: &sea_orm::QueryResult| {
            let (referral, version, manager, reached): (Uuid, i32, Uuid, String) =
                row.try_get_many_by_index()?;
            let reached = Step::parse(&reached).ok_or(StoreError::Corrupt("referrals.reached"))?;
            Ok(Movable { referral: referral.into(), version, manager: manager.into(), reached })
        };
        found.iter().map(movable).collect()
    }
}

async fn run(tx: &Tx, sql: &str) -> Result<()> {
    tx.conn().execute_unprepared(sql).await?;
    Ok(())
}

async fn number(tx: &Tx, sql: &'static str) -> Result<i64> {
    let found = row(tx.conn(), sql, []).await?;
    Ok(found.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or(0))
}

/// The columns of a table, each as it is in the original where nothing else is said.
fn columns<E: EntityTrait>(changes: &[(&str, String)]) -> (String, String, String)
where
    E::Column: IdenStatic,
{
    let changes: BTreeMap<&str, &String> = changes.iter().map(|(name, value)| (*name, value)).collect();
    let names: Vec<&'static str> = E::Column::iter().map(|column| column.as_str()).collect();
    let values = names.iter().map(|name| changes.get(name).map_or(format!("t.{name}"), ToString::to_string));
    let values = values.collect::<Vec<_>>().join(", ");
    (E::default().table_name().to_owned(), names.join(", "), values)
}

/// The few words that the two databases do not share.
struct Copying {
    backend: DbBackend,
}

impl Copying {
    /// The id of the copy with this number.
    fn moved(&self, id: &str, number: &str) -> String {
        match self.backend {
            DbBackend::Postgres => {
                format!(
                    "CAST(substr(CAST({id} AS text), 1, 28) || lpad(to_hex(CAST({number} AS bigint)), 8, '0') AS uuid)"
                )
            }
            _ => format!("unhex(substr(hex({id}), 1, 24) || printf('%08x', {number}))"),
        }
    }

    /// An id as text.
    fn text(&self, id: &str) -> String {
        match self.backend {
            DbBackend::Postgres => format!("CAST({id} AS text)"),
            _ => {
                let piece = |from: u8, length: u8| format!("substr(hex({id}), {from}, {length})");
                let pieces = [piece(1, 8), piece(9, 4), piece(13, 4), piece(17, 4), piece(21, 12)];
                format!("lower({})", pieces.join(" || '-' || "))
            }
        }
    }

    /// Copies customers with their people until there are as many advocates.
    async fn people(&self, tx: &Tx, growth: Growth) -> Result<()> {
        run(
            tx,
            "CREATE TABLE bench_customers AS SELECT row_number() OVER (ORDER BY m.id) - 1 AS n, m.id AS member_id, \
             m.account_id FROM members m JOIN accounts a ON a.id = m.account_id WHERE a.status = 'customer' \
             AND EXISTS (SELECT 1 FROM member_roles r WHERE r.member_id = m.id AND r.role = 'advocate') \
             AND NOT EXISTS (SELECT 1 FROM members o WHERE o.account_id = m.account_id AND o.id < m.id)",
        )
        .await?;
        run(tx, "CREATE UNIQUE INDEX bench_customers_n ON bench_customers (n)").await?;
        let there = number(tx, "SELECT COUNT(*) FROM bench_customers").await?.max(1);
        // The busiest one is a copy, so there is at least one.
        let wanted = (i64::from(growth.advocates) - there).max(1);
        let rounds = (wanted + there - 1) / there;
        run(
            tx,
            &format!(
                "CREATE TABLE bench_people AS WITH RECURSIVE numbers (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM numbers \
                 WHERE k < {rounds}) SELECT (k - 1) * {there} + c.n AS n, k, c.member_id AS source_id, \
                 c.account_id AS source_account_id, {member} AS member_id, {account} AS account_id \
                 FROM numbers CROSS JOIN bench_customers c WHERE (k - 1) * {there} + c.n < {wanted}",
                member = self.moved("c.member_id", "k"),
                account = self.moved("c.account_id", "k"),
            ),
        )
        .await?;
        run(tx, "CREATE UNIQUE INDEX bench_people_n ON bench_people (n)").await?;
        let (member, account) = (("member_id", own("p.member_id")), ("account_id", own("p.account_id")));
        let numbered = |column: &str| format!("t.{column} || ' ' || p.k");
        let with = "t.id = p.source_id";
        let with_account = "t.account_id = p.source_account_id";
        let changes =
            [("id", own("p.account_id")), ("name", numbered("name")), ("name_key", numbered("name_key"))];
        self.person::<accounts::Entity>(tx, "t.id = p.source_account_id", &changes).await?;
        let domain = ("domain", own("'k' || p.k || '.' || t.domain"));
        self.person::<account_domains::Entity>(tx, with_account, &[account.clone(), domain]).await?;
        let changes = [
            ("id", own("p.member_id")),
            account.clone(),
            ("email", own("'k' || p.k || '.' || t.email")),
            ("tier_code", own("''")),
        ];
        self.person::<members::Entity>(tx, with, &changes).await?;
        self.person::<member_roles::Entity>(tx, "t.member_id = p.source_id", &[member]).await?;
        self.person::<account_assignments::Entity>(tx, with_account, &[account]).await
    }

    async fn person<E: EntityTrait>(&self, tx: &Tx, with: &str, changes: &[(&str, String)]) -> Result<()> {
        let (table, names, values) = columns::<E>(changes);
        run(
            tx,
            &format!(
                "INSERT INTO {table} ({names}) SELECT {values} FROM bench_people p JOIN {table} t ON {with}"
            ),
        )
        .await
    }

    /// Says which referral is copied how often, and to whom. Answers the numbers of the copies that go into one
    /// transaction each.
    async fn plan(&self, tx: &Tx, growth: Growth) -> Result<Vec<RangeInclusive<i64>>> {
        let since = micros(growth.since);
        run(
            tx,
            &format!(
                "CREATE TABLE bench_sources AS SELECT row_number() OVER (ORDER BY f.id) - 1 AS n, f.id, \
                 (SELECT COUNT(*) FROM ledger_transfers t JOIN rewards r ON r.id = t.reward_id \
                 WHERE r.referral_id = f.id AND t.at >= {since}) AS transfers FROM referrals f WHERE NOT ({SINGULAR})"
            ),
        )
        .await?;
        let referrals = number(tx, "SELECT COUNT(*) FROM referrals").await?;
        let sources = number(tx, "SELECT COUNT(*) FROM bench_sources").await?.max(1);
        let paid = number(tx, "SELECT COUNT(*) FROM bench_sources WHERE transfers > 0").await?;
        let transfers =
            number(tx, "SELECT CAST(COALESCE(SUM(transfers), 0) AS BIGINT) FROM bench_sources").await?.max(1);
        let people = number(tx, "SELECT COUNT(*) FROM bench_people").await?;
        // One advocate gets copies of what is paid alone, and then their share of the others.
        let busy = (i64::from(growth.transfers) + transfers - 1) / transfers;
        let wanted = (i64::from(growth.referrals) - referrals - busy * paid).max(0);
        let last = busy + (wanted + sources - 1) / sources;
        run(
            tx,
            &format!(
                "CREATE TABLE bench_copies AS WITH RECURSIVE numbers (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM numbers \
                 WHERE k < {last}) SELECT c.k, c.source_id, p.n AS person, p.member_id, p.account_id FROM (\
                 SELECT k, s.id AS source_id, CASE WHEN k <= {busy} THEN 0 ELSE ((k - 1) * {sources} + s.n) % {people} \
                 END AS person FROM numbers CROSS JOIN bench_sources s WHERE (k <= {busy} AND s.transfers > 0) \
                 OR (k > {busy} AND (k - {busy} - 1) * {sources} + s.n < {wanted})) c JOIN bench_people p ON p.n = c.person"
            ),
        )
        .await?;
        run(tx, "CREATE INDEX bench_copies_k ON bench_copies (k)").await?;
        let step = (i64::from(AT_ONCE) / sources).max(1);
        let first = (1..=last).step_by(usize::try_from(step).unwrap_or(1));
        Ok(first.map(|k| k..=(k + step - 1)).collect())
    }

    /// Takes aside what is copied, so that nothing is read from tables that grow meanwhile, and opens the copies'
    /// accounts of the ledger with what they are going to hold.
    async fn stage(&self, tx: &Tx) -> Result<()> {
        let of_referral =
            ["referral_events", "contacts", "consents", "referral_messages", "rewards", "win_entries"];
        run(tx, "CREATE TABLE bench_referrals AS SELECT t.*, t.id AS source_id FROM referrals t JOIN bench_sources s ON s.id = t.id")
            .await?;
        for table in of_referral {
            run(
                tx,
                &format!(
                    "CREATE TABLE bench_{table} AS SELECT t.*, s.id AS source_id FROM {table} t \
                     JOIN bench_sources s ON s.id = t.referral_id"
                ),
            )
            .await?;
        }
        for table in ["deliveries", "ledger_transfers"] {
            run(
                tx,
                &format!(
                    "CREATE TABLE bench_{table} AS SELECT t.*, r.source_id FROM {table} t \
                     JOIN bench_rewards r ON r.id = t.reward_id"
                ),
            )
            .await?;
        }
        for table in of_referral.into_iter().chain(["referrals", "deliveries", "ledger_transfers"]) {
            run(tx, &format!("CREATE INDEX bench_{table}_source ON bench_{table} (source_id)")).await?;
        }
        // Accounts of one kind of owner, in one unit, are copied from the first of them.
        run(
            tx,
            "CREATE TABLE bench_ledger AS SELECT id AS account_id, \
             FIRST_VALUE(id) OVER (PARTITION BY owner_kind, organisation, kind, unit ORDER BY id) AS first_id, \
             owner_kind, organisation, kind, unit FROM (SELECT id, owner_kind, kind, unit, \
             CASE WHEN owner_kind = 'organisation' THEN substr(owner_key, 1, 37) ELSE '' END AS organisation \
             FROM ledger_accounts WHERE owner_kind IN ('account', 'organisation')) a",
        )
        .await?;
        // What a source moves on each account.
        run(
            tx,
            "CREATE TABLE bench_accounts AS SELECT source_id, account_id, CAST(SUM(amount) AS BIGINT) AS amount FROM (\
             SELECT source_id, to_id AS account_id, amount FROM bench_ledger_transfers \
             UNION ALL SELECT source_id, from_id, -amount FROM bench_ledger_transfers) x GROUP BY source_id, account_id",
        )
        .await?;
        run(tx, "CREATE INDEX bench_accounts_source ON bench_accounts (source_id)").await?;
        let first = self.moved("x.first_id", "p.n + 1");
        let owner = format!("x.organisation || {}", self.text("p.account_id"));
        run(
            tx,
            &format!(
                "INSERT INTO ledger_accounts (id, owner_kind, owner_key, kind, unit, balance) \
                 SELECT {first}, x.owner_kind, {owner}, x.kind, x.unit, x.balance FROM (\
                 SELECT c.person, l.first_id, l.owner_kind, l.organisation, l.kind, l.unit, \
                 CAST(SUM(a.amount) AS BIGINT) AS balance FROM bench_copies c \
                 JOIN bench_accounts a ON a.source_id = c.source_id JOIN bench_ledger l ON l.account_id = a.account_id \
                 GROUP BY c.person, l.first_id, l.owner_kind, l.organisation, l.kind, l.unit) x \
                 JOIN bench_people p ON p.n = x.person"
            ),
        )
        .await?;
        run(
            tx,
            "UPDATE ledger_accounts SET balance = balance + COALESCE((SELECT CAST(SUM(a.amount) AS BIGINT) \
             FROM bench_copies c JOIN bench_accounts a ON a.source_id = c.source_id \
             WHERE a.account_id = ledger_accounts.id), 0) WHERE owner_kind = 'program'",
        )
        .await?;
        // Each copy keeps a piece of its own of what it has chosen.
        run(
            tx,
            "UPDATE incentives SET taken = taken + x.held, stock = stock + x.held FROM (\
             SELECT t.incentive_id, CAST(COUNT(*) AS INTEGER) AS held FROM bench_copies c \
             JOIN bench_referrals t ON t.source_id = c.source_id WHERE t.stock_held GROUP BY t.incentive_id) x \
             WHERE incentives.id = x.incentive_id",
        )
        .await?;
        run(tx, "ANALYZE").await
    }

    /// The copies with these numbers.
    async fn referrals(&self, tx: &Tx, ks: &RangeInclusive<i64>) -> Result<()> {
        let id = ("id", self.moved("t.id", "c.k"));
        let referral = ("referral_id", self.moved("t.referral_id", "c.k"));
        let reward = ("reward_id", self.moved("t.reward_id", "c.k"));
        let nothing = || own("NULL");
        let changes = [
            id.clone(),
            ("advocate_id", own("c.member_id")),
            ("advocate_account_id", own("c.account_id")),
            ("touch_id", nothing()),
            ("company_name", own("t.company_name || ' ' || c.k")),
            ("company_key", own("t.company_key || ' ' || c.k")),
            ("domain", nothing()),
            ("share_token_hash", nothing()),
            ("submission_key", own("t.submission_key || '-' || c.k")),
            ("submitted_at", own("t.submitted_at - c.k * 1000000")),
        ];
        self.copies::<referrals::Entity>(tx, ks, &changes).await?;
        self.copies::<referral_events::Entity>(tx, ks, &[id.clone(), referral.clone()]).await?;
        let changes = [
            id.clone(),
            referral.clone(),
            ("email_hash", own("t.email_hash || c.k")),
            ("mailbox_hash", own("t.mailbox_hash || c.k")),
            ("source_hash", own("t.source_hash || c.k")),
            ("confirm_token_hash", nothing()),
            ("page_token_hash", nothing()),
        ];
        self.copies::<contacts::Entity>(tx, ks, &changes).await?;
        let contact = ("contact_id", self.moved("t.contact_id", "c.k"));
        self.copies::<consents::Entity>(tx, ks, &[id.clone(), referral.clone(), contact]).await?;
        self.copies::<referral_messages::Entity>(tx, ks, &[id.clone(), referral.clone()]).await?;
        let receiver = own("CASE WHEN t.receiver_account_id IS NULL THEN NULL ELSE c.account_id END");
        let changes = [id.clone(), referral.clone(), ("receiver_account_id", receiver)];
        self.copies::<rewards::Entity>(tx, ks, &changes).await?;
        self.copies::<deliveries::Entity>(tx, ks, &[id.clone(), reward.clone()]).await?;
        self.copies::<win_entries::Entity>(tx, ks, &[id.clone(), referral]).await?;
        // What belongs to the programme stays its own.
        let account = |side: &str| {
            let first = self.moved("l.first_id", "c.person + 1");
            format!("COALESCE((SELECT {first} FROM bench_ledger l WHERE l.account_id = t.{side}), t.{side})")
        };
        let changes = [id, reward, ("from_id", account("from_id")), ("to_id", account("to_id"))];
        self.copies::<ledger_transfers::Entity>(tx, ks, &changes).await
    }

    async fn copies<E: EntityTrait>(
        &self,
        tx: &Tx,
        ks: &RangeInclusive<i64>,
        changes: &[(&str, String)],
    ) -> Result<()> {
        let (table, names, values) = columns::<E>(changes);
        let (first, last) = (ks.start(), ks.end());
        run(
            tx,
            &format!(
                "INSERT INTO {table} ({names}) SELECT {values} FROM bench_copies c \
                 JOIN bench_{table} t ON t.source_id = c.source_id WHERE c.k BETWEEN {first} AND {last}"
            ),
        )
        .await
    }

    /// What is kept beside the rows it is counted from.
    async fn count(&self, tx: &Tx) -> Result<()> {
        for sql in [
            "DELETE FROM win_tallies",
            "INSERT INTO win_tallies (advocate_id, cause, giver, receiver, kind, entries) \
             SELECT f.advocate_id, w.cause, w.giver, w.receiver, w.kind, COUNT(*) FROM win_entries w \
             JOIN referrals f ON f.id = w.referral_id GROUP BY f.advocate_id, w.cause, w.giver, w.receiver, w.kind",
            "DELETE FROM referral_tallies",
            "INSERT INTO referral_tallies (advocate_id, channel, referrals, won) \
             SELECT advocate_id, channel, COUNT(*), SUM(CASE WHEN stage = 'won' THEN 1 ELSE 0 END) FROM referrals \
             GROUP BY advocate_id, channel",
            "DELETE FROM cap_tallies",
            "INSERT INTO cap_tallies (program_id, unit, cap_year, amount) \
             SELECT f.program_id, r.unit, r.cap_year, CAST(SUM(r.amount) AS BIGINT) FROM rewards r \
             JOIN referrals f ON f.id = r.referral_id WHERE r.side = 'advocate' \
             AND r.state IN ('clearing', 'approved', 'fulfilled') AND r.unit IS NOT NULL AND r.cap_year IS NOT NULL \
             AND r.amount IS NOT NULL GROUP BY f.program_id, r.unit, r.cap_year",
        ] {
            run(tx, sql).await?;
        }
        Ok(())
    }
}

fn own(expression: &str) -> String {
    expression.to_owned()
}
