//! What an advocate shares.

use domain::{
    ids::ProgramId,
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
    let naming = tx.touches().naming(by).await?.ok_or(StoreError::Corrupt("members"))?;
    // Looked at again, now that nobody else can make them.
    let mut codes = tx.touches().codes_of(by, program).await?;
    if codes.link.is_none() {
        codes.link = Some(new_link(ctx, &tx, by, program, &naming).await?);
    }
    if codes.spoken.is_none() {
        codes.spoken = Some(new_spoken(ctx, &tx, by, program, &naming).await?);
    }
    tx.commit().await?;
    kit(ctx, codes).ok_or(StoreError::Corrupt("referral_codes"))
}

fn kit(ctx: &Ctx, codes: CodesOf) -> Option<ShareKit> {
    let (code, speakable) = (codes.link?, codes.spoken?);
    Some(ShareKit { link_url: ctx.url(&format!("/r/{code}")), code, speakable, clicks_total: codes.clicks })
}

async fn new_link(
    ctx: &Ctx,
    tx: &Tx,
    by: &Referrer,
    program: ProgramId,
    naming: &Naming,
) -> Result<LinkCode, StoreError> {
    // A name in another script has no Latin letters to make a code of.
    let base = LinkCode::from_name(&naming.name)
        .or_else(|| LinkCode::parse("advocate").ok())
        .ok_or(StoreError::Corrupt("members.name"))?;
    for number in 1..=MAX_TRIES {
        // The tenth Anna Berger gets a random number: nobody waits for a hundred lookups.
        let code = match number {
            1 => base.clone(),
            2..=9 => base.numbered(number),
            _ => base.numbered(10 + below(ctx, 1_000_000)),
        };
        if keep(ctx, tx, by, program, CodeKind::Link, code.as_str()).await? {
            return Ok(code);
        }
    }
    Err(StoreError::Conflict)
}

async fn new_spoken(
    ctx: &Ctx,
    tx: &Tx,
    by: &Referrer,
    program: ProgramId,
    naming: &Naming,
) -> Result<SpeakableCode, StoreError> {
    let company = naming.company.as_ref().map_or("", |company| company.as_str());
    for number in 1..=MAX_TRIES {
        // Two digits are easier to say, but a word has only ninety of them.
        let number = if number <= 10 { 10 + below(ctx, 90) } else { 100 + below(ctx, 9_900) };
        let number = u16::try_from(number).unwrap_or(10);
        let code = [company, naming.name.as_str(), "code"]
            .into_iter()
            .find_map(|word| SpeakableCode::from_word(word, number))
            .ok_or(StoreError::Corrupt("members.name"))?;
        if keep(ctx, tx, by, program, CodeKind::Spoken, code.as_str()).await? {
            return Ok(code);
        }
    }
    Err(StoreError::Conflict)
}

async fn keep(
    ctx: &Ctx,
    tx: &Tx,
    by: &Referrer,
    program: ProgramId,
    kind: CodeKind,
    code: &str,
) -> Result<bool, StoreError> {
    let new = NewCode { code: code.to_owned(), kind, member: by.member(), program, created_at: ctx.now() };
    tx.touches().insert_code(new).await
}

fn below(ctx: &Ctx, bound: u32) -> u32 {
    let mut bytes = [0; 4];
    ctx.random.fill(&mut bytes);
    u32::from_be_bytes(bytes) % bound
}
