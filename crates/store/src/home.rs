//! Everything that an advocate's home page shows of them, in one statement: a page that asks seven times waits seven times.

use chrono::{DateTime, Utc};
use domain::ids::{MemberId, ProgramId};
use sea_orm::{DbErr, QueryResult};
use uuid::Uuid;

use crate::{
    Result, Store, StoreError,
    consent::{Advocate, AdvocateRow},
    micros,
    referrals::{Line, LineRow, Tally},
    tiers::ReachedSums,
    touches::CodesOf,
    triple_win::WinCount,
    written::rows,
};

/// What the home page shows of an advocate.
#[derive(Clone, Debug, Default)]
pub struct Home {
    /// Themselves, as a receiver of rewards; `None` for somebody without a company.
    pub advocate: Option<Advocate>,
    /// How many referrals they have, and whose turn it is.
    pub tally: Tally,
    /// The first of their referrals in the order of what happens next.
    pub turns: Vec<Line>,
    /// What their referrals have brought.
    pub wins: Vec<WinCount>,
    /// Link and code for the programme.
    pub codes: CodesOf,
}

/// Five questions with one shape of answer: what it is, eight texts, eight numbers, four ids. The first one names all
/// types, for PostgreSQL; in the second, sums of columns that one index holds together. What is counted comes as one text
/// each (`a b 1;c d 2`): every value of a row is copied on its way, and half of the values were places left empty.
const SQL: &str = "\
    SELECT 'turn' AS part, f.company_name AS t1, f.role_title AS t2, f.stage AS t3, f.reached AS t4, \
    f.consent AS t5, f.path AS t6, m.name AS t7, a.name AS t8, f.stage_since_at AS n1, f.consent_since_at AS n2, \
    f.submitted_at AS n3, f.thanks_done_at AS n4, f.contact_done_at AS n5, f.due_at AS n6, \
    CAST(f.version AS BIGINT) AS n7, CAST(f.advocate_unread AS BIGINT) AS n8, f.id AS u1, f.incentive_id AS u2, \
    f.account_manager_id AS u3, CAST(NULL AS uuid) AS u4 \
    FROM referrals f JOIN members m ON m.id = f.advocate_id JOIN accounts a ON a.id = f.advocate_account_id \
    WHERE f.id IN (SELECT id FROM referrals WHERE advocate_id = $1 \
    ORDER BY due_at ASC NULLS LAST, submitted_at DESC LIMIT $4) \
    UNION ALL SELECT 'tally', string_agg(stage || ' ' || consent || ' ' || path || ' ' || reached || ' ' || n || ' ' || \
    since || ' ' || recent, ';'), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, \
    NULL, NULL, NULL, NULL, NULL FROM (SELECT stage, consent, path, reached, COUNT(*) AS n, \
    MIN(submitted_at) AS since, SUM(CASE WHEN reached_at > $3 THEN 1 ELSE 0 END) AS recent FROM referrals WHERE advocate_id = $1 \
    GROUP BY stage, consent, path, reached) AS tallies \
    UNION ALL SELECT 'win', string_agg(cause || ' ' || giver || ' ' || receiver || ' ' || kind || ' ' || entries, ';'), \
    NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL \
    FROM win_tallies WHERE advocate_id = $1 AND entries > 0 \
    UNION ALL SELECT 'code', string_agg(code || ' ' || kind || ' ' || CASE WHEN current THEN 1 ELSE 0 END || ' ' || \
    clicks, ';'), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, \
    NULL, NULL FROM referral_codes WHERE member_id = $1 AND program_id = $2 \
    UNION ALL SELECT 'self', m.name, m.status, a.name, a.gift_policy, a.recipient_kind, a.country, o.name, a.industry, \
    CASE WHEN m.share_name THEN 1 ELSE 0 END, CASE WHEN m.refuses_gifts THEN 1 ELSE 0 END, t.position, \
    NULL, NULL, NULL, NULL, NULL, a.id, s.member_id, d.incentive_id, d.organisation_id \
    FROM members m JOIN accounts a ON a.id = m.account_id \
    LEFT JOIN account_assignments s ON s.account_id = a.id \
    LEFT JOIN member_defaults d ON d.member_id = m.id \
    LEFT JOIN organisations o ON o.id = d.organisation_id \
    LEFT JOIN tier_places t ON t.code = m.tier_code WHERE m.id = $1";

/// The places of a row's values.
const TEXTS: usize = 1;
const NUMBERS: usize = 9;
const IDS: usize = 17;

const UNEXPECTED: StoreError = StoreError::Corrupt("home");

fn number(word: &str) -> Result<i64> {
    word.parse().map_err(|_| UNEXPECTED)
}

struct Part<'r>(&'r QueryResult);

impl Part<'_> {
    fn text(&self, place: usize) -> Result<String> {
        Ok(self.0.try_get_by_index(TEXTS + place)?)
    }

    fn text_or_none(&self, place: usize) -> Result<Option<String>> {
        Ok(self.0.try_get_by_index(TEXTS + place)?)
    }

    fn number(&self, place: usize) -> Result<i64> {
        Ok(self.0.try_get_by_index(NUMBERS + place)?)
    }

    fn number_or_none(&self, place: usize) -> std::result::Result<Option<i64>, DbErr> {
        self.0.try_get_by_index(NUMBERS + place)
    }

    /// What was counted, as the words of each count; nothing where there was nothing to count.
    fn counts<const N: usize>(&self, mut each: impl FnMut([&str; N]) -> Result<()>) -> Result<()> {
        let all = self.text_or_none(0)?.unwrap_or_default();
        for one in all.split_terminator(';') {
            let mut words = one.split(' ');
            let found = [(); N].map(|()| words.next().unwrap_or_default());
            if words.next().is_some() {
                return Err(UNEXPECTED);
            }
            each(found)?;
        }
        Ok(())
    }

    fn id(&self, place: usize) -> Result<Uuid> {
        Ok(self.0.try_get_by_index(IDS + place)?)
    }

    fn id_or_none(&self, place: usize) -> Result<Option<Uuid>> {
        Ok(self.0.try_get_by_index(IDS + place)?)
    }

    fn line(&self) -> Result<Line> {
        Line::try_from(LineRow {
            id: self.id(0)?,
            company_name: self.text(0)?,
            role_title: self.text(1)?,
            stage: self.text(2)?,
            reached: self.text(3)?,
            consent: self.text(4)?,
            path: self.text(5)?,
            advocate: self.text(6)?,
            account: self.text(7)?,
            stage_since_at: self.number(0)?,
            consent_since_at: self.number(1)?,
            submitted_at: self.number(2)?,
            thanks_done_at: self.number_or_none(3)?,
            contact_done_at: self.number_or_none(4)?,
            due_at: self.number_or_none(5)?,
            version: i32::try_from(self.number(6)?).map_err(|_| UNEXPECTED)?,
            unread: i32::try_from(self.number(7)?).map_err(|_| UNEXPECTED)?,
            incentive_id: self.id_or_none(1)?,
            account_manager_id: self.id_or_none(2)?,
            // Advocates are not told of it.
            sub_stage_key: None,
        })
    }

    fn advocate(&self, member: MemberId) -> Result<Advocate> {
        let row = AdvocateRow {
            name: self.text(0)?,
            status: self.text(1)?,
            account_name: self.text(2)?,
            gift_policy: self.text(3)?,
            recipient_kind: self.text(4)?,
            country: self.text(5)?,
            organisation_name: self.text_or_none(6)?,
            industry: self.text_or_none(7)?,
            share_name: self.number(0)? == 1,
            refuses_gifts: self.number(1)? == 1,
            position: self.number_or_none(2)?.and_then(|position| i32::try_from(position).ok()),
            account_id: self.id(0)?,
            manager_id: self.id_or_none(1)?,
            incentive_id: self.id_or_none(2)?,
            organisation_id: self.id_or_none(3)?,
        };
        row.restore(member)
    }
}

impl Store {
    /// What the home page shows of an advocate: their first `shown` referrals, what of them counts for a tier since
    /// `year_ago`, and their codes for a programme.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn home(
        &self,
        member: MemberId,
        program: Option<ProgramId>,
        year_ago: DateTime<Utc>,
        shown: u32,
    ) -> Result<Home> {
        let values = [
            member.into_inner().into(),
            program.map(ProgramId::into_inner).into(),
            micros(year_ago).into(),
            i64::from(shown).into(),
        ];
        let mut home = Home::default();
        let mut reached = ReachedSums::default();
        for row in rows(self.reader(), SQL, values).await? {
            let kind: String = row.try_get_by_index(0)?;
            let part = Part(&row);
            match kind.as_str() {
                "turn" => home.turns.push(part.line()?),
                "tally" => part.counts(|[stage, consent, path, got_to, count, since, recent]| {
                    let count = number(count)?;
                    reached.add(got_to, count, number(recent)?);
                    home.tally.add(stage, consent, path, count, number(since)?);
                    Ok(())
                })?,
                "win" => part.counts(|[cause, giver, receiver, kind, count]| {
                    home.wins.push(WinCount::restore(cause, giver, receiver, kind, number(count)?)?);
                    Ok(())
                })?,
                "code" => part.counts(|[code, kind, current, clicks]| {
                    home.codes.add(code, kind, current == "1", number(clicks)?)
                })?,
                "self" => home.advocate = Some(part.advocate(member)?),
                _ => return Err(UNEXPECTED),
            }
        }
        home.tally.metrics = reached.metrics();
        // The parts of a statement come in any order, and so do the rows of each.
        home.turns.sort_by_key(|line| {
            (line.due_at.is_none(), line.due_at, std::cmp::Reverse(line.progress.submitted_at))
        });
        Ok(home)
    }
}
