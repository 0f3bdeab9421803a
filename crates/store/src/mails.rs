//! Mails on their way out. A mail is written in the transaction that causes it and leaves later, once.

use chrono::{DateTime, Utc};
use domain::{
    consent::MailKind,
    ids::{ContactId, MemberId},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, JoinType, QueryFilter, QueryOrder,
    QuerySelect, sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    Result, Store, Tx,
    entity::{mails, members},
    from_micros, micros,
};

/// A mail to be sent.
#[derive(Debug)]
pub struct NewMail {
    /// Its id, also its Message-ID: a mail server that sees it twice can tell.
    pub id: Uuid,
    /// Which message this is; advertising carries its permit.
    pub kind: MailKind,
    /// The member it goes to, if it goes to one.
    pub recipient: Option<MemberId>,
    /// The contact it goes to, if it goes to one.
    pub contact: Option<ContactId>,
    /// The address.
    pub to: String,
    /// The subject line.
    pub subject: String,
    /// The plain part.
    pub text: String,
    /// The HTML part.
    pub html: String,
    /// Now.
    pub created_at: DateTime<Utc>,
}

/// A mail as it is stored.
#[derive(Clone, Debug)]
pub struct Mail {
    /// Its id.
    pub id: Uuid,
    /// Which message this is.
    pub kind: String,
    /// The member it went to, if it went to one.
    pub recipient: Option<MemberId>,
    /// The address.
    pub to: String,
    /// The subject line.
    pub subject: String,
    /// The plain part; empty once it was sent.
    pub text: String,
    /// The HTML part; empty once it was sent.
    pub html: String,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// When it left.
    pub sent_at: Option<DateTime<Utc>>,
}

impl From<mails::Model> for Mail {
    fn from(row: mails::Model) -> Self {
        Self {
            id: row.id,
            kind: row.kind,
            recipient: row.recipient_id.map(MemberId::from),
            to: row.to_address,
            subject: row.subject,
            text: row.body_text,
            html: row.body_html,
            created_at: from_micros(row.created_at),
            sent_at: row.sent_at.map(from_micros),
        }
    }
}

/// What may be known of a mail by whoever runs the portal: never its words, never a contact's address.
#[derive(Clone, Debug)]
pub struct MailLine {
    /// Its id.
    pub id: Uuid,
    /// Which message this is.
    pub kind: String,
    /// The member it goes to, by name; `None` where it goes to a contact.
    pub member: Option<(MemberId, String)>,
    /// When it left.
    pub sent_at: Option<DateTime<Utc>>,
}

impl Tx {
    /// Writes a mail in this transaction.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn insert_mail(&self, mail: NewMail) -> Result<()> {
        mails::ActiveModel {
            id: Set(mail.id),
            kind: Set(mail.kind.as_str().to_owned()),
            recipient_id: Set(mail.recipient.map(MemberId::into_inner)),
            contact_id: Set(mail.contact.map(ContactId::into_inner)),
            to_address: Set(mail.to),
            subject: Set(mail.subject),
            body_text: Set(mail.text),
            body_html: Set(mail.html),
            created_at: Set(micros(mail.created_at)),
            sent_at: Set(None),
            attempts: Set(0),
            last_error: Set(None),
            dead_at: Set(None),
        }
        .insert(self.conn())
        .await?;
        Ok(())
    }

    /// Notes that a mail has left. What it said is forgotten: sign-in links in it were secrets. A demo keeps the
    /// words, because there they are the only place where they can be read.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn mail_sent(&self, id: Uuid, now: DateTime<Utc>, keep_words: bool) -> Result<()> {
        let mut update =
            mails::Entity::update_many().col_expr(mails::Column::SentAt, Expr::value(micros(now)));
        if !keep_words {
            update = update
                .col_expr(mails::Column::BodyText, Expr::value(""))
                .col_expr(mails::Column::BodyHtml, Expr::value(""));
        }
        update.filter(mails::Column::Id.eq(id)).exec(self.conn()).await?;
        Ok(())
    }
}

impl Tx {
    /// Takes back that a mail has left; only the demonstration's mishaps do.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn mail_unsent(&self, id: Uuid) -> Result<()> {
        mails::Entity::update_many()
            .col_expr(mails::Column::SentAt, Expr::value(None::<i64>))
            .filter(mails::Column::Id.eq(id))
            .exec(self.conn())
            .await?;
        Ok(())
    }
}

impl Store {
    /// The mail with this id.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn mail(&self, id: Uuid) -> Result<Option<Mail>> {
        Ok(mails::Entity::find_by_id(id).one(self.reader()).await?.map(Mail::from))
    }

    /// What staff may know of these mails.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn mail_lines(&self, ids: &[Uuid]) -> Result<Vec<MailLine>> {
        type Row = (Uuid, String, Option<i64>, Option<Uuid>, Option<String>);
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let rows: Vec<Row> = mails::Entity::find()
            .select_only()
            .columns([mails::Column::Id, mails::Column::Kind, mails::Column::SentAt])
            .columns([members::Column::Id, members::Column::Name])
            .join(
                JoinType::LeftJoin,
                mails::Entity::belongs_to(members::Entity)
                    .from(mails::Column::RecipientId)
                    .to(members::Column::Id)
                    .into(),
            )
            .filter(mails::Column::Id.is_in(ids.iter().copied()))
            .into_tuple()
            .all(self.reader())
            .await?;
        Ok(rows
            .into_iter()
            .map(|(id, kind, sent_at, member, name)| MailLine {
                id,
                kind,
                member: member.map(MemberId::from).zip(name),
                sent_at: sent_at.map(from_micros),
            })
            .collect())
    }

    /// How many mails have not left yet, and since when the oldest of them waits.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn unsent_mails(&self) -> Result<(i64, Option<DateTime<Utc>>)> {
        let found: Option<(i64, Option<i64>)> = mails::Entity::find()
            .select_only()
            .column_as(mails::Column::Id.count(), "n")
            .column_as(mails::Column::CreatedAt.min(), "oldest")
            .filter(mails::Column::SentAt.is_null())
            .into_tuple()
            .one(self.reader())
            .await?;
        let (count, oldest) = found.unwrap_or_default();
        Ok((count, oldest.map(from_micros)))
    }

    /// The contact that a mail was last written to at this address.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn contact_written_to(&self, address: &str) -> Result<Option<ContactId>> {
        Ok(mails::Entity::find()
            .filter(mails::Column::ToAddress.eq(address))
            .filter(mails::Column::ContactId.is_not_null())
            .order_by_desc(mails::Column::CreatedAt)
            .one(self.reader())
            .await?
            .and_then(|row| row.contact_id)
            .map(ContactId::from))
    }

    /// The newest mails, for the demo's outbox.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn newest_mails(&self, limit: u64) -> Result<Vec<Mail>> {
        Ok(mails::Entity::find()
            .order_by_desc(mails::Column::CreatedAt)
            .limit(limit)
            .all(self.reader())
            .await?
            .into_iter()
            .map(Mail::from)
            .collect())
    }
}
