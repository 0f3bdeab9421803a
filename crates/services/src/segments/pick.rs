//! Companies that somebody picks by hand, as they are typed or pasted: one in each line.

use std::collections::{BTreeMap, BTreeSet};

use domain::{accounts::WorkDomain, ids::AccountId, text::CompanyName};
use store::StoreError;

use crate::Ctx;

/// What the lines of a list have named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picked {
    /// The companies.
    pub found: BTreeSet<AccountId>,
    /// Lines that name none, or more than one.
    pub unclear: Vec<String>,
}

/// Reads a list of companies: in each line a name as the customers' list has it, but for its legal form, or a mail domain.
///
/// # Errors
/// When the memory fails.
pub async fn pick(ctx: &Ctx, typed: &str) -> Result<Picked, StoreError> {
    let lines: Vec<&str> = typed.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let domain = |line: &str| WorkDomain::parse(line).ok();
    let key = |line: &str| CompanyName::parse(line).map(|name| name.key()).unwrap_or_default();
    let domains: Vec<WorkDomain> = lines.iter().filter_map(|line| domain(line)).collect();
    let keys: BTreeSet<String> = lines.iter().map(|line| key(line)).filter(|key| !key.is_empty()).collect();
    let owners = ctx.store.accounts().owners_of(&domains).await?;
    let mut called: BTreeMap<String, Vec<AccountId>> = BTreeMap::new();
    for (key, account) in ctx.store.segments().called(&keys).await? {
        called.entry(key).or_default().push(account);
    }
    let mut picked = Picked::default();
    for line in lines {
        let owner = domain(line).and_then(|domain| owners.get(domain.as_str()).copied());
        let named = || match called.get(&key(line)).map(Vec::as_slice) {
            Some([only]) => Some(*only),
            _ => None,
        };
        match owner.or_else(named) {
            Some(account) => {
                picked.found.insert(account);
            }
            None => picked.unclear.push(line.to_owned()),
        }
    }
    Ok(picked)
}
