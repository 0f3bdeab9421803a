//! Contacts, what they agreed to, and who must not be asked again.

use chrono::{DateTime, Utc};
use domain::{
    accounts::{AccountStatus, Candidate, GiftPolicy, RecipientKind, WorkDomain},
    compliance::Section,
    consent::{ConsentChannel, ConsentState, Disclosure, PreferredChannel},
    ids::{AccountId, ConsentId, ContactId, IncentiveId, MemberId, OrganisationId, ReferralId},
    incentives::AdvocateStanding,
    text::{Country, EmailAddress, Language},
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, ExprTrait, FromQueryResult,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use crate::{
    Result, Store, StoreError, Tx,
    entity::{
        account_domains, accounts, assists, consents, contacts, mails, members, referral_messages, referrals,
        rewards, suppressions,
    },
    from_micros, micros,
    referrals::Referrals,
    written::row,
};

/// The room of consent, on a reader or in a transaction.
#[derive(Debug)]
pub struct Consent<'c, C>(&'c C);

impl Store {
    /// Contacts and consent, to read.
    pub fn consent(&self) -> Consent<'_, impl ConnectionTrait + use<>> {
        Consent(self.reader())
    }
}

impl Tx {
    /// Contacts and consent, in this transaction.
    pub fn consent(&self) -> Consent<'_, DatabaseTransaction> {
        Consent(self.conn())
    }
}

/// An advocate, as far as a referral behind their link needs them.
#[derive(Clone, Debug)]
pub struct Advocate {
    /// Who.
    pub member: MemberId,
    /// Their name.
    pub name: String,
    /// Whether they may still recommend.
    pub active: bool,
    /// Whether contacts may read their name.
    pub share_name: bool,
    /// Their company.
    pub account: AccountId,
    /// What it is called.
    pub account_name: String,
    /// Who looks after it on the host's side.
    pub account_manager: Option<MemberId>,
    /// What they may choose by their own and their company's rules.
    pub standing: AdvocateStanding,
    /// What they want where they say nothing else.
    pub incentive: Option<IncentiveId>,
    /// Where a donation would go.
    pub organisation: Option<(OrganisationId, String)>,
}

/// A referred person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Which contact.
    pub id: ContactId,
    /// Of which referral.
    pub referral: ReferralId,
    /// What they are called.
    pub name: String,
    /// The address they typed.
    pub email: String,
    /// Its keyed hash.
    pub email_hash: String,
    /// What they do.
    pub role_title: Option<String>,
    /// Their number.
    pub phone: Option<String>,
    /// What kind of organisation they work for.
    pub recipient_kind: RecipientKind,
    /// How they would like to be spoken to.
    pub preferred: PreferredChannel,
    /// When, in their own words.
    pub best_time: Option<String>,
    /// The language they are written to.
    pub language: Language,
    /// What they have said.
    pub consent: ConsentState,
    /// When they filled in the form.
    pub created_at: DateTime<Utc>,
    /// When they confirmed their address.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// When everything about them is deleted if nothing happens.
    pub expires_at: Option<DateTime<Utc>>,
    /// Whether they let the advocate see each step of the talks.
    pub shows_steps: bool,
    /// Counts their corrections.
    pub version: i32,
}

/// A contact to keep.
#[derive(Clone, Debug)]
pub struct NewContact {
    /// The contact, whose consent is awaited.
    pub contact: Contact,
    /// Keyed hash of the confirmation link's token.
    pub confirm_hash: String,
    /// Keyed hash of the private page's token.
    pub page_hash: String,
    /// By what they are compared with other contacts.
    pub traces: ContactTraces,
}

/// By what a contact is compared with others, as hashes alone. Somebody who was spoken to leaves none.
#[derive(Clone, Debug, Default)]
pub struct ContactTraces {
    /// Keyed hash of the mailbox behind the address, however it is spelled.
    pub mailbox: Option<String>,
    /// Hash of the network address that the form came from, with the salt of its day.
    pub source: Option<String>,
}

/// What a contact may correct.
#[derive(Clone, Debug)]
pub struct Correction {
    /// See [`Contact::name`].
    pub name: String,
    /// See [`Contact::role_title`].
    pub role_title: Option<String>,
    /// See [`Contact::phone`].
    pub phone: Option<String>,
    /// See [`Contact::recipient_kind`].
    pub recipient_kind: RecipientKind,
    /// See [`Contact::preferred`].
    pub preferred: PreferredChannel,
    /// See [`Contact::best_time`].
    pub best_time: Option<String>,
    /// See [`Contact::language`].
    pub language: Language,
    /// See [`Contact::shows_steps`].
    pub shows_steps: bool,
}

/// One step of a contact's consent, with the words they read.
#[derive(Clone, Debug)]
pub struct ConsentStep {
    /// Which record.
    pub id: ConsentId,
    /// Whose.
    pub contact: ContactId,
    /// About which referral.
    pub referral: ReferralId,
    /// What they said.
    pub state: ConsentState,
    /// Version of the words.
    pub wording_version: i32,
    /// The words.
    pub wording: String,
    /// What they had been told about everybody's benefit.
    pub disclosure: Disclosure,
    /// Where they said it.
    pub channel: ConsentChannel,
    /// When.
    pub at: DateTime<Utc>,
}

#[derive(FromQueryResult)]
pub(crate) struct AdvocateRow {
    pub(crate) name: String,
    pub(crate) status: String,
    pub(crate) share_name: bool,
    pub(crate) refuses_gifts: bool,
    pub(crate) account_id: Uuid,
    pub(crate) account_name: String,
    pub(crate) gift_policy: String,
    pub(crate) recipient_kind: String,
    pub(crate) country: String,
    pub(crate) industry: Option<String>,
    pub(crate) manager_id: Option<Uuid>,
    pub(crate) incentive_id: Option<Uuid>,
    pub(crate) organisation_id: Option<Uuid>,
    pub(crate) organisation_name: Option<String>,
    pub(crate) position: Option<i32>,
}

impl AdvocateRow {
    pub(crate) fn restore(self, member: MemberId) -> Result<Advocate> {
        let standing = AdvocateStanding {
            tier: self.position.and_then(|position| u8::try_from(position).ok()).unwrap_or(0),
            person_policy: if self.refuses_gifts { GiftPolicy::None } else { GiftPolicy::Any },
            account_policy: GiftPolicy::parse(&self.gift_policy)
                .ok_or(StoreError::Corrupt("accounts.gift_policy"))?,
            country: Country::parse(&self.country).ok(),
            section: self.industry.as_deref().and_then(Section::of_industry),
            recipient: RecipientKind::parse(&self.recipient_kind)
                .ok_or(StoreError::Corrupt("accounts.recipient_kind"))?,
        };
        Ok(Advocate {
            member,
            name: self.name,
            active: self.status == ACTIVE,
            share_name: self.share_name,
            account: self.account_id.into(),
            account_name: self.account_name,
            account_manager: self.manager_id.map(Into::into),
            standing,
            incentive: self.incentive_id.map(Into::into),
            organisation: self.organisation_id.map(Into::into).zip(self.organisation_name),
        })
    }
}

/// `members.status` of somebody who may still recommend.
const ACTIVE: &str = "active";

fn contact(row: contacts::Model) -> Result<Contact> {
    Ok(Contact {
        id: row.id.into(),
        referral: row.referral_id.into(),
        name: row.name,
        email: row.email,
        email_hash: row.email_hash,
        role_title: row.role_title,
        phone: row.phone,
        recipient_kind: RecipientKind::parse(&row.recipient_kind)
            .ok_or(StoreError::Corrupt("contacts.recipient_kind"))?,
        preferred: PreferredChannel::parse(&row.preferred_channel)
            .ok_or(StoreError::Corrupt("contacts.preferred_channel"))?,
        best_time: row.best_time,
        language: Language::parse(&row.language).ok_or(StoreError::Corrupt("contacts.language"))?,
        consent: ConsentState::parse(&row.consent).ok_or(StoreError::Corrupt("contacts.consent"))?,
        created_at: from_micros(row.created_at),
        confirmed_at: row.confirmed_at.map(from_micros),
        expires_at: row.expires_at.map(from_micros),
        shows_steps: row.shows_steps,
        version: row.version,
    })
}

fn step(row: consents::Model) -> Result<ConsentStep> {
    Ok(ConsentStep {
        id: row.id.into(),
        contact: row.contact_id.into(),
        referral: row.referral_id.into(),
        state: ConsentState::parse(&row.state).ok_or(StoreError::Corrupt("consents.state"))?,
        wording_version: row.wording_version,
        wording: row.wording,
        disclosure: serde_json::from_str(&row.disclosure)
            .map_err(|_| StoreError::Corrupt("consents.disclosure"))?,
        channel: ConsentChannel::parse(&row.channel).ok_or(StoreError::Corrupt("consents.channel"))?,
        at: from_micros(row.at),
    })
}

impl<C: ConnectionTrait> Consent<'_, C> {
    /// The advocate with this id, also one who has left: what a contact was told stays readable.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn advocate(&self, member: MemberId) -> Result<Option<Advocate>> {
        const SQL: &str = "SELECT m.name, m.status, m.share_name, m.refuses_gifts, a.id AS account_id, \
             a.name AS account_name, a.gift_policy, a.recipient_kind, a.country, a.industry, s.member_id AS manager_id, \
             d.incentive_id, d.organisation_id, o.name AS organisation_name, t.position \
             FROM members m JOIN accounts a ON a.id = m.account_id \
             LEFT JOIN account_assignments s ON s.account_id = a.id \
             LEFT JOIN member_defaults d ON d.member_id = m.id \
             LEFT JOIN organisations o ON o.id = d.organisation_id \
             LEFT JOIN tier_places t ON t.code = m.tier_code WHERE m.id = $1";
        let Some(found) = row(self.0, SQL, [member.into_inner().into()]).await? else { return Ok(None) };
        AdvocateRow::from_query_result(&found, "")?.restore(member).map(Some)
    }

    /// The domains of a company.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable domain.
    pub async fn domains_of(&self, account: AccountId) -> Result<Vec<WorkDomain>> {
        let domains: Vec<String> = account_domains::Entity::find()
            .select_only()
            .column(account_domains::Column::Domain)
            .filter(account_domains::Column::AccountId.eq(account.into_inner()))
            .into_tuple()
            .all(self.0)
            .await?;
        domains
            .iter()
            .map(|domain| {
                WorkDomain::parse(domain).map_err(|_| StoreError::Corrupt("account_domains.domain"))
            })
            .collect()
    }

    /// What is known about a person's company and about them: by the domain of their address, or because somebody
    /// signs in with that very address.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn candidate(
        &self,
        domain: Option<&WorkDomain>,
        email: &EmailAddress,
        email_hash: &str,
    ) -> Result<Candidate> {
        let mut account = match domain {
            Some(domain) => self.account_of(domain).await?,
            None => None,
        };
        if account.is_none() {
            account = members::Entity::find()
                .select_only()
                .column(members::Column::AccountId)
                .filter(members::Column::Email.eq(email.as_str()))
                .into_tuple::<Option<Uuid>>()
                .one(self.0)
                .await?
                .flatten()
                .map(AccountId::from);
        }
        let domains = self.domains_with(domain, account).await?;
        let account = match account {
            Some(id) => accounts::Entity::find_by_id(id.into_inner()).one(self.0).await?,
            None => None,
        };
        let account = account
            .map(|row| {
                let status =
                    AccountStatus::parse(&row.status).ok_or(StoreError::Corrupt("accounts.status"))?;
                Ok::<_, StoreError>((AccountId::from(row.id), status))
            })
            .transpose()?;
        let claims = Referrals(self.0).claims(&domains).await?;
        Ok(Candidate { domains, account, suppressed: self.is_suppressed(email_hash).await?, claims })
    }

    /// All domains of the company with this one.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable domain.
    pub async fn domains_beside(&self, domain: &WorkDomain) -> Result<Vec<WorkDomain>> {
        let account = self.account_of(domain).await?;
        self.domains_with(Some(domain), account).await
    }

    async fn account_of(&self, domain: &WorkDomain) -> Result<Option<AccountId>> {
        let row = account_domains::Entity::find_by_id(domain.as_str()).one(self.0).await?;
        Ok(row.map(|row| row.account_id.into()))
    }

    async fn domains_with(
        &self,
        domain: Option<&WorkDomain>,
        account: Option<AccountId>,
    ) -> Result<Vec<WorkDomain>> {
        let mut domains = match account {
            Some(account) => self.domains_of(account).await?,
            None => Vec::new(),
        };
        if let Some(domain) = domain.filter(|domain| !domains.contains(domain)) {
            domains.push(domain.clone());
        }
        Ok(domains)
    }

    /// Whether the person with this hash must not be contacted.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn is_suppressed(&self, email_hash: &str) -> Result<bool> {
        Ok(suppressions::Entity::find_by_id(email_hash).one(self.0).await?.is_some())
    }

    /// The contact with this id.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn contact(&self, id: ContactId) -> Result<Option<Contact>> {
        contacts::Entity::find_by_id(id.into_inner()).one(self.0).await?.map(contact).transpose()
    }

    /// The contact whose confirmation link this is.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn contact_by_confirm(&self, hash: &str) -> Result<Option<Contact>> {
        let found = contacts::Entity::find().filter(contacts::Column::ConfirmTokenHash.eq(hash));
        found.one(self.0).await?.map(contact).transpose()
    }

    /// The contact whose private page this is.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn contact_by_page(&self, hash: &str) -> Result<Option<Contact>> {
        let found = contacts::Entity::find().filter(contacts::Column::PageTokenHash.eq(hash));
        found.one(self.0).await?.map(contact).transpose()
    }

    /// The contacts of a referral, oldest first: for whoever may see them.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn contacts_of(&self, referral: ReferralId) -> Result<Vec<Contact>> {
        contacts::Entity::find()
            .filter(contacts::Column::ReferralId.eq(referral.into_inner()))
            // An erased contact has no name any more; one who was spoken to has a number instead of an address.
            .filter(contacts::Column::Name.ne(""))
            .order_by_asc(contacts::Column::CreatedAt)
            .all(self.0)
            .await?
            .into_iter()
            .map(contact)
            .collect()
    }

    /// Everything that somebody with this hash stands in, oldest first: one person may be a contact of several referrals.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn contacts_with(&self, email_hash: &str) -> Result<Vec<Contact>> {
        contacts::Entity::find()
            .filter(contacts::Column::EmailHash.eq(email_hash))
            .order_by_asc(contacts::Column::CreatedAt)
            .order_by_asc(contacts::Column::Id)
            .all(self.0)
            .await?
            .into_iter()
            .map(contact)
            .collect()
    }

    /// What a contact has said, oldest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn steps_of(&self, contact: ContactId) -> Result<Vec<ConsentStep>> {
        self.steps(consents::Column::ContactId.eq(contact.into_inner())).await
    }

    /// What all contacts of a referral have said, also those who were erased since, oldest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn steps_of_referral(&self, referral: ReferralId) -> Result<Vec<ConsentStep>> {
        self.steps(consents::Column::ReferralId.eq(referral.into_inner())).await
    }

    async fn steps(&self, whose: Expr) -> Result<Vec<ConsentStep>> {
        consents::Entity::find()
            .filter(whose)
            .order_by_asc(consents::Column::At)
            .order_by_asc(consents::Column::Id)
            .all(self.0)
            .await?
            .into_iter()
            .map(step)
            .collect()
    }

    /// How many contacts there are, and how many people are on the suppression list: for tests and figures.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn counts(&self) -> Result<(u64, u64)> {
        Ok((contacts::Entity::find().count(self.0).await?, suppressions::Entity::find().count(self.0).await?))
    }
}

impl Consent<'_, DatabaseTransaction> {
    /// Keeps a contact. Answers `false` when this person is a contact of this referral already.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn insert_contact(&self, new: NewContact) -> Result<bool> {
        let contact = new.contact;
        let kept = contacts::Entity::insert(contacts::ActiveModel {
            id: Set(contact.id.into_inner()),
            referral_id: Set(contact.referral.into_inner()),
            name: Set(contact.name),
            email: Set(contact.email),
            email_hash: Set(contact.email_hash),
            role_title: Set(contact.role_title),
            phone: Set(contact.phone),
            recipient_kind: Set(contact.recipient_kind.as_str().to_owned()),
            preferred_channel: Set(contact.preferred.as_str().to_owned()),
            best_time: Set(contact.best_time),
            language: Set(contact.language.as_str().to_owned()),
            consent: Set(contact.consent.as_str().to_owned()),
            confirm_token_hash: Set(Some(new.confirm_hash)),
            page_token_hash: Set(Some(new.page_hash)),
            created_at: Set(micros(contact.created_at)),
            confirmed_at: Set(None),
            expires_at: Set(contact.expires_at.map(micros)),
            version: Set(0),
            shows_steps: Set(contact.shows_steps),
            mailbox_hash: Set(new.traces.mailbox),
            source_hash: Set(new.traces.source),
        })
        .on_conflict(
            OnConflict::columns([contacts::Column::ReferralId, contacts::Column::EmailHash])
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(self.0)
        .await?;
        Ok(kept == 1)
    }

    /// Changes what a contact has said, if it is still `from`: of two answers at the same moment, one gets `true`.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn answer(
        &self,
        id: ContactId,
        from: ConsentState,
        to: ConsentState,
        confirmed_at: Option<DateTime<Utc>>,
        expires_at: Option<DateTime<Utc>>,
    ) -> Result<bool> {
        let mut row = contacts::ActiveModel {
            consent: Set(to.as_str().to_owned()),
            expires_at: Set(expires_at.map(micros)),
            ..Default::default()
        };
        if let Some(at) = confirmed_at {
            row.confirmed_at = Set(Some(micros(at)));
        }
        let done = contacts::Entity::update_many()
            .set(row)
            .filter(contacts::Column::Id.eq(id.into_inner()))
            .filter(contacts::Column::Consent.eq(from.as_str()))
            .exec(self.0)
            .await?;
        Ok(done.rows_affected == 1)
    }

    /// Writes a contact's corrections, if they were made to this version.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when there were others in the meantime.
    pub async fn correct(&self, id: ContactId, version: i32, correction: Correction) -> Result<()> {
        let done = contacts::Entity::update_many()
            .set(contacts::ActiveModel {
                name: Set(correction.name),
                role_title: Set(correction.role_title),
                phone: Set(correction.phone),
                recipient_kind: Set(correction.recipient_kind.as_str().to_owned()),
                preferred_channel: Set(correction.preferred.as_str().to_owned()),
                best_time: Set(correction.best_time),
                language: Set(correction.language.as_str().to_owned()),
                shows_steps: Set(correction.shows_steps),
                version: Set(version + 1),
                ..Default::default()
            })
            .filter(contacts::Column::Id.eq(id.into_inner()))
            .filter(contacts::Column::Version.eq(version))
            .exec(self.0)
            .await?;
        if done.rows_affected == 1 { Ok(()) } else { Err(StoreError::Stale) }
    }

    /// Writes down what a contact said and what they had read.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn record(&self, step: ConsentStep) -> Result<()> {
        consents::ActiveModel {
            id: Set(step.id.into_inner()),
            contact_id: Set(step.contact.into_inner()),
            referral_id: Set(step.referral.into_inner()),
            state: Set(step.state.as_str().to_owned()),
            wording_version: Set(step.wording_version),
            wording: Set(step.wording),
            disclosure: Set(serde_json::to_string(&step.disclosure)
                .map_err(|_| StoreError::Corrupt("consents.disclosure"))?),
            channel: Set(step.channel.as_str().to_owned()),
            at: Set(micros(step.at)),
        }
        .insert(self.0)
        .await?;
        Ok(())
    }

    /// Puts a person on the suppression list; nothing but the hash is kept.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn suppress(&self, email_hash: &str, reason: &str, now: DateTime<Utc>) -> Result<()> {
        suppressions::Entity::insert(suppressions::ActiveModel {
            hash: Set(email_hash.to_owned()),
            reason: Set(reason.to_owned()),
            created_at: Set(micros(now)),
        })
        .on_conflict(OnConflict::column(suppressions::Column::Hash).do_nothing().to_owned())
        .exec_without_returning(self.0)
        .await?;
        Ok(())
    }

    /// Deletes a contact with everything they said and every mail to them.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn delete_contact(&self, id: ContactId) -> Result<()> {
        self.delete_mails(id).await?;
        consents::Entity::delete_many()
            .filter(consents::Column::ContactId.eq(id.into_inner()))
            .exec(self.0)
            .await?;
        contacts::Entity::delete_by_id(id.into_inner()).exec(self.0).await?;
        Ok(())
    }

    /// Overwrites everything that says who a contact was. What they agreed to and when stays, without them: the host
    /// must be able to show that it had been allowed to write.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn erase_contact(&self, id: ContactId) -> Result<()> {
        self.delete_mails(id).await?;
        contacts::Entity::update_many()
            .set(contacts::ActiveModel {
                name: Set(String::new()),
                email: Set(String::new()),
                email_hash: Set(id.to_string()),
                mailbox_hash: Set(None),
                source_hash: Set(None),
                role_title: Set(None),
                phone: Set(None),
                best_time: Set(None),
                shows_steps: Set(false),
                confirm_token_hash: Set(None),
                page_token_hash: Set(None),
                expires_at: Set(None),
                ..Default::default()
            })
            .filter(contacts::Column::Id.eq(id.into_inner()))
            .exec(self.0)
            .await?;
        Ok(())
    }

    async fn delete_mails(&self, id: ContactId) -> Result<()> {
        mails::Entity::delete_many()
            .filter(mails::Column::ContactId.eq(id.into_inner()))
            .exec(self.0)
            .await?;
        Ok(())
    }

    /// Blanks everything in which advocate and staff may have written about the person: role, reason and answers, the
    /// dialogue, the remarks of the timeline, and why a reward came to nothing. The company stays, and what happened when.
    /// It is a change of the referral: a form that still shows the old words is no longer taken.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn blank_referral(&self, id: ReferralId) -> Result<()> {
        referrals::Entity::update_many()
            .col_expr(referrals::Column::RoleTitle, Expr::value(""))
            .col_expr(referrals::Column::Reason, Expr::value(""))
            .col_expr(referrals::Column::Answers, Expr::value("[]"))
            .col_expr(referrals::Column::Version, Expr::col(referrals::Column::Version).add(1))
            .filter(referrals::Column::Id.eq(id.into_inner()))
            .exec(self.0)
            .await?;
        referral_messages::Entity::update_many()
            .col_expr(referral_messages::Column::Body, Expr::value(""))
            .filter(referral_messages::Column::ReferralId.eq(id.into_inner()))
            .exec(self.0)
            .await?;
        rewards::Entity::update_many()
            .col_expr(rewards::Column::EndedNote, Expr::value(None::<String>))
            .filter(rewards::Column::ReferralId.eq(id.into_inner()))
            .exec(self.0)
            .await?;
        Referrals(self.0).strip_events(id).await
    }

    /// Notes that an advocate was second with a company.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn insert_assist(
        &self,
        referral: ReferralId,
        member: MemberId,
        now: DateTime<Utc>,
    ) -> Result<()> {
        assists::Entity::insert(assists::ActiveModel {
            referral_id: Set(referral.into_inner()),
            member_id: Set(member.into_inner()),
            at: Set(micros(now)),
        })
        .on_conflict(
            OnConflict::columns([assists::Column::ReferralId, assists::Column::MemberId])
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(self.0)
        .await?;
        Ok(())
    }
}
