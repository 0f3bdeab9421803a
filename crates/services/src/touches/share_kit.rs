//! What an advocate shares.

use domain::{
    ids::{MemberId, ProgramId},
    members::Referrer,
    text::{LinkCode, SpeakableCode},
    touches::CodeKind,
};
use store::{
    StoreError, Tx,
    touches::{CodesOf, Naming, NewCode},
};

use crate::Ctx;

/// An advocate's link and code for a programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareKit {
    /// The full address of the link.
    pub link_url: String,
    /// The code in the link.
    pub code: LinkCode,
    /// The code to be said aloud.
    pub speakable: SpeakableCode,
    /// How often people have followed either.
    pub clicks_total: i64,
}

/// After so many codes that are taken, something else is wrong.
const MAX_TRIES: u32 = 200;

/// The advocate's link and code, made on first sight.
///
/// # Errors
/// When the memory fails.
pub async fn share_kit(ctx: &Ctx, by: &Referrer, program: ProgramId) -> Result<ShareKit, StoreError> {
    let found = ctx.store.touches().codes_of(by, program).await?;
    share_kit_of(ctx, by, program, found).await
}

/// The same for somebody whose codes were read already.
///
/// # Errors
/// When the memory fails.
pub async fn share_kit_of(
    ctx: &Ctx,
    by: &Referrer,
    program: ProgramId,
    found: CodesOf,
) -> Result<ShareKit, StoreError> {
    if let Some(kit) = kit(ctx, found) {
        return Ok(kit);
    }
    let tx = ctx.store.begin().await?;
    let naming = tx.touches().naming(by.member()).await?.ok_or(StoreError::Corrupt("members"))?;
    // Looked at again, now that nobody else can make them.
    let mut codes = tx.touches().codes_of(by, program).await?;
    if codes.link.is_none() {
        codes.link = Some(new_link(ctx, &tx, by.member(), program, &naming).await?);
    }
    if codes.spoken.is_none() {
        codes.spoken = Some(new_spoken(ctx, &tx, by.member(), program, &naming).await?);
    }
    tx.commit().await?;
    kit(ctx, codes).ok_or(StoreError::Corrupt("referral_codes"))
}

/// New codes for somebody who is no longer to be named, in every programme they have some for; those that are out lead on
/// where they did.
pub(crate) async fn renew_codes(ctx: &Ctx, tx: &Tx, member: MemberId) -> Result<(), StoreError> {
    let Some(naming) = tx.touches().naming(member).await? else { return Ok(()) };
    for program in tx.touches().retire_codes(member).await? {
        new_link(ctx, tx, member, program, &naming).await?;
        new_spoken(ctx, tx, member, program, &naming).await?;
    }
    Ok(())
}

fn kit(ctx: &Ctx, codes: CodesOf) -> Option<ShareKit> {
    let (code, speakable) = (codes.link?, codes.spoken?);
    Some(ShareKit { link_url: ctx.url(&format!("/r/{code}")), code, speakable, clicks_total: codes.clicks })
}

async fn new_link(
    ctx: &Ctx,
    tx: &Tx,
    member: MemberId,
    program: ProgramId,
    naming: &Naming,
) -> Result<LinkCode, StoreError> {
    // Whoever is not to be named is not named by their link, and a name in another script has no Latin letters.
    let named = if naming.shares_name { LinkCode::from_name(&naming.name) } else { None };
    let first = if named.is_some() { 1 } else { 10 };
    let base =
        named.or_else(|| LinkCode::parse("advocate").ok()).ok_or(StoreError::Corrupt("members.name"))?;
    for number in first..=MAX_TRIES {
        // The tenth Anna Berger gets a random number: nobody waits for a hundred lookups.
        let code = match number {
            1 => base.clone(),
            2..=9 => base.numbered(number),
            _ => base.numbered(10 + below(ctx, 1_000_000)),
        };
        if keep(ctx, tx, member, program, CodeKind::Link, code.as_str()).await? {
            return Ok(code);
        }
    }
    Err(StoreError::Conflict)
}

async fn new_spoken(
    ctx: &Ctx,
    tx: &Tx,
    member: MemberId,
    program: ProgramId,
    naming: &Naming,
) -> Result<SpeakableCode, StoreError> {
    let company = naming.company.as_ref().map_or("", |company| company.as_str());
    let words: &[&str] =
        if naming.shares_name { &[company, naming.name.as_str(), "code"] } else { &["code"] };
    for number in 1..=MAX_TRIES {
        // Two digits are easier to say, but a word has only ninety of them.
        let number = if number <= 10 { 10 + below(ctx, 90) } else { 100 + below(ctx, 9_900) };
        let number = u16::try_from(number).unwrap_or(10);
        let code = words
            .iter()
            .find_map(|word| SpeakableCode::from_word(word, number))
            .ok_or(StoreError::Corrupt("members.name"))?;
        if keep(ctx, tx, member, program, CodeKind::Spoken, code.as_str()).await? {
            return Ok(code);
        }
    }
    Err(StoreError::Conflict)
}

async fn keep(
    ctx: &Ctx,
    tx: &Tx,
    member: MemberId,
    program: ProgramId,
    kind: CodeKind,
    code: &str,
) -> Result<bool, StoreError> {
    let new = NewCode { code: code.to_owned(), kind, member, program, created_at: ctx.now() };
    tx.touches().insert_code(new).await
}

fn below(ctx: &Ctx, bound: u32) -> u32 {
    let mut bytes = [0; 4];
    ctx.random.fill(&mut bytes);
    u32::from_be_bytes(bytes) % bound
}
