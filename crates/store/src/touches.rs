//! Codes that point to an advocate, and the touches they were met by.

use chrono::{DateTime, Utc};
use domain::{
    ids::{MemberId, ProgramId, TouchId},
    members::Referrer,
    text::{CompanyName, LinkCode, PersonName, SpeakableCode},
    touches::{Channel, CodeKind, Visitor},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, ExprTrait, JoinType, QueryFilter,
    QuerySelect,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use crate::{
    Result, Store, StoreError, Tx,
    entity::{accounts, click_salts, members, programs, referral_codes, touches},
    from_micros, micros,
    written::rows,
};

/// The room of touches, on a reader or in a transaction.
#[derive(Debug)]
pub struct Touches<'c, C>(&'c C);

impl Store {
    /// Codes and touches, to read.
    pub fn touches(&self) -> Touches<'_, impl ConnectionTrait + use<>> {
        Touches(self.reader())
    }
}

impl Tx {
    /// Codes and touches, in this transaction.
    pub fn touches(&self) -> Touches<'_, DatabaseTransaction> {
        Touches(self.conn())
    }
}

/// Where a code leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The code as it is stored.
    pub code: String,
    /// Whose it is.
    pub member: MemberId,
    /// For which programme.
    pub program: ProgramId,
    /// The programme's own page, where it has one.
    pub destination: Option<String>,
}

/// The codes that an advocate shows today, and how often they were met.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodesOf {
    /// The code of the link.
    pub link: Option<LinkCode>,
    /// The code to be said aloud.
    pub spoken: Option<SpeakableCode>,
    /// Touches of people, over all codes that this advocate ever had in this programme.
    pub clicks: i64,
}

impl CodesOf {
    /// One more code; those that are shown no longer have still been clicked.
    pub(crate) fn add(&mut self, code: &str, kind: &str, current: bool, clicks: i64) -> Result<()> {
        self.clicks += clicks;
        if !current {
            return Ok(());
        }
        let corrupt = |_| StoreError::Corrupt("referral_codes.code");
        match CodeKind::parse(kind).ok_or(StoreError::Corrupt("referral_codes.kind"))? {
            CodeKind::Link => self.link = Some(LinkCode::parse(code).map_err(corrupt)?),
            CodeKind::Spoken => self.spoken = Some(SpeakableCode::parse(code).map_err(corrupt)?),
        }
        Ok(())
    }
}

/// A code to keep.
#[derive(Clone, Debug)]
pub struct NewCode {
    /// The code.
    pub code: String,
    /// How it is passed on.
    pub kind: CodeKind,
    /// Whose it is.
    pub member: MemberId,
    /// For which programme.
    pub program: ProgramId,
    /// Now.
    pub created_at: DateTime<Utc>,
}

/// A touch to keep.
#[derive(Clone, Debug)]
pub struct NewTouch {
    /// Which touch.
    pub id: TouchId,
    /// The code that was used.
    pub code: String,
    /// Whose it was.
    pub member: MemberId,
    /// For which programme.
    pub program: ProgramId,
    /// Where it was met.
    pub channel: Channel,
    /// Salted hash of address and browser; tells two visitors of one day apart, nothing more.
    pub visitor_hash: String,
    /// Who came.
    pub visitor: Visitor,
    /// When.
    pub at: DateTime<Utc>,
}

/// A touch as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TouchRow {
    /// Which touch.
    pub id: TouchId,
    /// Whose code it was.
    pub member: MemberId,
    /// For which programme.
    pub program: ProgramId,
    /// Where it was met.
    pub channel: Channel,
    /// Who came.
    pub visitor: Visitor,
    /// When.
    pub at: DateTime<Utc>,
}

/// What codes are made from.
#[derive(Clone, Debug)]
pub struct Naming {
    /// The advocate's name.
    pub name: PersonName,
    /// Their company's.
    pub company: Option<CompanyName>,
    /// Whether the people they recommend us to may read either.
    pub shares_name: bool,
}

/// `members.status` of somebody whose codes still lead somewhere.
const ACTIVE: &str = "active";

impl<C: ConnectionTrait> Touches<'_, C> {
    /// Where this code leads. A code of somebody who has left leads nowhere.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn target(&self, code: &str, kind: CodeKind) -> Result<Option<Target>> {
        let row: Option<(String, Uuid, Uuid, Option<String>)> = referral_codes::Entity::find_by_id(code)
            .select_only()
            .columns([
                referral_codes::Column::Code,
                referral_codes::Column::MemberId,
                referral_codes::Column::ProgramId,
            ])
            .column(programs::Column::DestinationUrl)
            .join(
                JoinType::InnerJoin,
                referral_codes::Entity::belongs_to(programs::Entity)
                    .from(referral_codes::Column::ProgramId)
                    .to(programs::Column::Id)
                    .into(),
            )
            .join(
                JoinType::InnerJoin,
                referral_codes::Entity::belongs_to(members::Entity)
                    .from(referral_codes::Column::MemberId)
                    .to(members::Column::Id)
                    .into(),
            )
            .filter(referral_codes::Column::Kind.eq(kind.as_str()))
            .filter(members::Column::Status.eq(ACTIVE))
            .into_tuple()
            .one(self.0)
            .await?;
        Ok(row.map(|(code, member, program, destination)| Target {
            code,
            member: member.into(),
            program: program.into(),
            destination,
        }))
    }

    /// The codes this advocate shows for a programme.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable code.
    pub async fn codes_of(&self, by: &Referrer, program: ProgramId) -> Result<CodesOf> {
        const SQL: &str =
            "SELECT code, kind, current, clicks FROM referral_codes WHERE member_id = $1 AND program_id = $2";
        let found = rows(self.0, SQL, [by.member().into_inner().into(), program.into_inner().into()]).await?;
        let mut codes = CodesOf::default();
        for row in found {
            let (code, kind, current, clicks): (String, String, bool, i64) = row.try_get_many_by_index()?;
            codes.add(&code, &kind, current, clicks)?;
        }
        Ok(codes)
    }

    /// The touch with this id.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn touch(&self, id: TouchId) -> Result<Option<TouchRow>> {
        let Some(row) = touches::Entity::find_by_id(id.into_inner()).one(self.0).await? else {
            return Ok(None);
        };
        let visitor = match row.mark.as_deref() {
            None => Visitor::Person,
            Some(mark) => Visitor::parse(mark).ok_or(StoreError::Corrupt("touches.mark"))?,
        };
        Ok(Some(TouchRow {
            id: row.id.into(),
            member: row.member_id.into(),
            program: row.program_id.into(),
            channel: Channel::parse(&row.channel).ok_or(StoreError::Corrupt("touches.channel"))?,
            visitor,
            at: from_micros(row.at),
        }))
    }

    /// The link by which this advocate is known today; `None` for one who has never looked at theirs, or who has left.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn current_link(&self, member: MemberId, program: ProgramId) -> Result<Option<Target>> {
        let code: Option<String> = referral_codes::Entity::find()
            .select_only()
            .column(referral_codes::Column::Code)
            .filter(referral_codes::Column::MemberId.eq(member.into_inner()))
            .filter(referral_codes::Column::ProgramId.eq(program.into_inner()))
            .filter(referral_codes::Column::Kind.eq(CodeKind::Link.as_str()))
            .filter(referral_codes::Column::Current.eq(true))
            .into_tuple()
            .one(self.0)
            .await?;
        match code {
            Some(code) => self.target(&code, CodeKind::Link).await,
            None => Ok(None),
        }
    }

    /// How many touches are stored for this code, marked ones included: what the projection is checked against.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn stored(&self, code: &str) -> Result<u64> {
        use sea_orm::PaginatorTrait;
        Ok(touches::Entity::find().filter(touches::Column::Code.eq(code)).count(self.0).await?)
    }

    /// The days that still have a salt.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn salted_days(&self) -> Result<Vec<String>> {
        Ok(click_salts::Entity::find()
            .select_only()
            .column(click_salts::Column::Day)
            .into_tuple()
            .all(self.0)
            .await?)
    }
}

impl Touches<'_, DatabaseTransaction> {
    /// Names to make codes from, with the member locked: two first sights at the same moment make one set of codes.
    ///
    /// # Errors
    /// When the database refuses or holds an unreadable value.
    pub async fn naming(&self, member: MemberId) -> Result<Option<Naming>> {
        let Some(member) =
            members::Entity::find_by_id(member.into_inner()).lock_exclusive().one(self.0).await?
        else {
            return Ok(None);
        };
        let company = match member.account_id {
            Some(account) => accounts::Entity::find_by_id(account).one(self.0).await?,
            None => None,
        };
        Ok(Some(Naming {
            name: PersonName::parse(&member.name).map_err(|_| StoreError::Corrupt("members.name"))?,
            company: company.and_then(|account| CompanyName::parse(&account.name).ok()),
            shares_name: member.share_name,
        }))
    }

    /// Shows none of this member's codes any more, and answers the programmes that had some; whoever has one still gets
    /// where it leads.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn retire_codes(&self, member: MemberId) -> Result<Vec<ProgramId>> {
        let shown = referral_codes::Column::Current.eq(true);
        let theirs = referral_codes::Column::MemberId.eq(member.into_inner());
        let programs: Vec<Uuid> = referral_codes::Entity::find()
            .select_only()
            .column(referral_codes::Column::ProgramId)
            .distinct()
            .filter(theirs.clone().and(shown))
            .into_tuple()
            .all(self.0)
            .await?;
        referral_codes::Entity::update_many()
            .col_expr(referral_codes::Column::Current, Expr::value(false))
            .filter(theirs)
            .exec(self.0)
            .await?;
        Ok(programs.into_iter().map(ProgramId::from).collect())
    }

    /// Keeps a code, unless somebody has it. Answers whether it was kept.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn insert_code(&self, new: NewCode) -> Result<bool> {
        let kept = referral_codes::Entity::insert(referral_codes::ActiveModel {
            code: Set(new.code),
            member_id: Set(new.member.into_inner()),
            program_id: Set(new.program.into_inner()),
            kind: Set(new.kind.as_str().to_owned()),
            current: Set(true),
            clicks: Set(0),
            created_at: Set(micros(new.created_at)),
        })
        .on_conflict(OnConflict::column(referral_codes::Column::Code).do_nothing().to_owned())
        .exec_without_returning(self.0)
        .await?;
        Ok(kept == 1)
    }

    /// The salt of a day: the one that is stored, or `fresh` where there is none yet. Also says whether it is new.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn salt(&self, day: &str, fresh: &str, now: DateTime<Utc>) -> Result<(String, bool)> {
        let made = click_salts::Entity::insert(click_salts::ActiveModel {
            day: Set(day.to_owned()),
            salt: Set(fresh.to_owned()),
            created_at: Set(micros(now)),
        })
        .on_conflict(OnConflict::column(click_salts::Column::Day).do_nothing().to_owned())
        .exec_without_returning(self.0)
        .await?;
        let row = click_salts::Entity::find_by_id(day).one(self.0).await?;
        Ok((row.map_or_else(|| fresh.to_owned(), |row| row.salt), made == 1))
    }

    /// Forgets a day's salt: from then on nobody can connect its visitors with anything.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn forget_salt(&self, day: &str) -> Result<()> {
        click_salts::Entity::delete_by_id(day).exec(self.0).await?;
        Ok(())
    }
}
