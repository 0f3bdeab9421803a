//! What of a file is new, and writing that in small batches.
//!
//! Each batch asks the memory in a handful of queries what it knows already, decides without it, and writes what is left in
//! one short transaction: on SQLite everybody else waits for that one. A batch that meets somebody else's row (a unique
//! constraint) is decided once more. A file read twice changes nothing the second time.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    time::{Duration, Instant},
};

use domain::{
    accounts::{AccountStatus, GiftPolicy, RecipientKind, WorkDomain},
    consent::{Basis, Channel},
    ids::{AccountId, MemberId},
    members::Role,
    text::{Country, EmailAddress, Language, PersonName},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};
use store::{
    StoreError,
    accounts::{AccountFields, Asked, Known, NewAdvocate},
    permissions::NewPermission,
};
use words::Words;

use super::{
    columns::{Layout, LayoutError},
    line::{self, Line, LineError, manager_key},
    pace::Pace,
    text::{Row, Rows},
};
use crate::{Ctx, referrals::follow_assignments};

/// Lines that are handed back; whoever has more wrong than this has one thing wrong everywhere.
const MAX_REFUSED: usize = 20_000;

/// How a file is to be read.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Importing {
    /// Pairs of a heading and a column.
    pub mapping: Vec<(String, String)>,
    /// The country of lines without one.
    pub country: Option<Country>,
    /// Whether to look only.
    pub dry_run: bool,
    /// Who imports; `None` from the command line.
    pub by: Option<MemberId>,
}

/// A line that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// Its number, as an editor counts.
    pub line: u64,
    /// Why, as a code.
    pub code: String,
    /// What it says.
    pub fields: Vec<String>,
}

/// What came of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Lines with anything in them.
    pub lines: u64,
    /// Companies that are new.
    pub new_accounts: u64,
    /// Companies of which something changed.
    pub changed_accounts: u64,
    /// People who are new.
    pub new_people: u64,
    /// People of whom something changed.
    pub changed_people: u64,
    /// Lines that say nothing new.
    pub unchanged: u64,
    /// Lines that were not taken, as many as are handed back.
    pub refused: Vec<Refused>,
    /// How many were not taken in all.
    pub refused_count: u64,
    /// Headings of the file.
    pub headings: Vec<String>,
    /// Headings that nobody has a use for.
    pub unused: Vec<String>,
    /// The longest transaction, in microseconds.
    pub longest_us: u64,
}

/// Why a file is not read at all.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Its headings say nothing.
    #[error(transparent)]
    Layout(#[from] LayoutError),
    /// The memory failed; the batches before that stay, and the file can be read again.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Reads customers from a file's text.
///
/// # Errors
/// When its first line names no company column.
pub async fn import_customers(ctx: &Ctx, text: &str, importing: &Importing) -> Result<Report, ImportError> {
    let mut rows = Rows::of(text);
    let headings = rows.headings().clone();
    let layout = Layout::find(&headings, &importing.mapping)?;
    let mut report = Report {
        headings: headings.iter().map(str::to_owned).collect(),
        unused: layout.unused.clone(),
        ..Report::default()
    };
    let mut state = State {
        managers: managers(ctx).await?,
        seen: HashSet::new(),
        planned: Planned::default(),
        importing,
    };
    let (mut pace, mut batch, mut raw) = (Pace::new(ctx.store.is_sqlite()), Vec::new(), HashMap::new());
    let mut record = csv::StringRecord::new();
    loop {
        let row = rows.next(&mut record);
        let more = row.is_some();
        match row {
            None => {}
            Some(Row::Open(line) | Row::Unreadable(line)) => {
                report.lines += 1;
                refuse(&mut report, line, LineError::Unreadable, Vec::new());
            }
            Some(Row::Read(number)) => {
                let fields = || record.iter().map(str::to_owned).collect::<Vec<_>>();
                match line::read(&layout, &record, number, importing.country) {
                    Ok(None) => {}
                    Ok(Some(line)) => {
                        report.lines += 1;
                        match state.first_look(&line) {
                            Ok(()) => {
                                raw.insert(number, fields());
                                batch.push(line);
                            }
                            Err(error) => refuse(&mut report, number, error, fields()),
                        }
                    }
                    Err(error) => {
                        report.lines += 1;
                        refuse(&mut report, number, error, fields());
                    }
                }
            }
        }
        if batch.len() >= pace.size() || (!more && !batch.is_empty()) {
            let took = state.take(ctx, &batch, &mut raw, &mut report).await?;
            report.longest_us = report.longest_us.max(u64::try_from(took.as_micros()).unwrap_or(u64::MAX));
            pace.took(took);
            batch.clear();
            raw.clear();
            // Between two transactions somebody else gets the writer.
            tokio::task::yield_now().await;
        }
        if !more {
            break;
        }
    }
    report.refused.sort_by_key(|refused| refused.line);
    Ok(report)
}

/// Half of SHA-256: two addresses of one file never share it.
fn digest(address: &EmailAddress) -> [u8; 16] {
    let whole: [u8; 32] = Sha256::digest(address.as_str()).into();
    let mut half = [0; 16];
    half.copy_from_slice(&whole[..16]);
    half
}

fn refuse(report: &mut Report, line: u64, error: LineError, fields: Vec<String>) {
    report.refused_count += 1;
    if report.refused.len() < MAX_REFUSED {
        report.refused.push(Refused { line, code: error.to_string(), fields });
    }
}

async fn managers(ctx: &Ctx) -> Result<HashMap<String, MemberId>, StoreError> {
    let mut managers = HashMap::new();
    for colleague in ctx.store.members().with_role(Role::AccountManager).await? {
        managers.insert(manager_key(&colleague.email), colleague.id);
        managers.entry(manager_key(&colleague.name)).or_insert(colleague.id);
    }
    Ok(managers)
}

/// What is remembered over all batches.
struct State<'i> {
    managers: HashMap<String, MemberId>,
    /// Addresses met so far, as digests: of a long file the addresses themselves would be a tenth of what it takes.
    seen: HashSet<[u8; 16]>,
    /// What a dry run would have written so far.
    planned: Planned,
    importing: &'i Importing,
}

/// Companies that exist only in a dry run.
#[derive(Default)]
struct Planned {
    domains: HashMap<String, AccountId>,
    with_domains: HashSet<AccountId>,
    names: HashMap<(String, Country), AccountId>,
    accounts: HashMap<AccountId, (AccountFields, Option<MemberId>)>,
}

/// What a batch writes.
#[derive(Default)]
struct Writes {
    accounts: Vec<AccountId>,
    changed: Vec<AccountId>,
    domains: Vec<(WorkDomain, AccountId)>,
    assignments: BTreeMap<AccountId, MemberId>,
    advocates: Vec<NewAdvocate>,
    people: Vec<(MemberId, PersonName, Language)>,
    permissions: Vec<NewPermission>,
}

impl State<'_> {
    fn first_look(&mut self, line: &Line) -> Result<(), LineError> {
        if let Some(manager) = &line.manager
            && !self.managers.contains_key(&manager_key(manager))
        {
            return Err(LineError::Manager);
        }
        if let Some(person) = &line.person
            && !self.seen.insert(digest(&person.email))
        {
            return Err(LineError::Duplicate);
        }
        Ok(())
    }

    /// Decides and writes a batch; answers how long the writer was held.
    async fn take(
        &mut self,
        ctx: &Ctx,
        batch: &[Line],
        raw: &mut HashMap<u64, Vec<String>>,
        report: &mut Report,
    ) -> Result<Duration, StoreError> {
        let mut again = true;
        loop {
            let known = ctx.store.accounts().known(&asked(batch)).await?;
            let mut attempt = Report::default();
            let mut refused = Vec::new();
            let (writes, fields) = self.decide(ctx, batch, known, &mut attempt, &mut refused);
            let took = if self.importing.dry_run {
                Duration::ZERO
            } else {
                match write(ctx, writes, &fields, &attempt, self.importing.by).await {
                    Ok(took) => took,
                    // Somebody else has added one of these rows since we looked: look again, once.
                    Err(StoreError::Conflict) if again => {
                        again = false;
                        continue;
                    }
                    Err(error) => return Err(error),
                }
            };
            report.new_accounts += attempt.new_accounts;
            report.changed_accounts += attempt.changed_accounts;
            report.new_people += attempt.new_people;
            report.changed_people += attempt.changed_people;
            report.unchanged += attempt.unchanged;
            for (line, error) in refused {
                refuse(report, line, error, raw.remove(&line).unwrap_or_default());
            }
            return Ok(took);
        }
    }

    fn decide(
        &mut self,
        ctx: &Ctx,
        batch: &[Line],
        mut known: Known,
        report: &mut Report,
        refused: &mut Vec<(u64, LineError)>,
    ) -> (Writes, BTreeMap<AccountId, AccountFields>) {
        let (mut writes, now) = (Writes::default(), ctx.now());
        let mut new_accounts = HashSet::new();
        let mut changed_accounts = HashSet::new();
        if self.importing.dry_run {
            self.planned.lend(&mut known, batch);
        }
        for line in batch {
            let member = line.person.as_ref().and_then(|person| known.members.get(person.email.as_str()));
            let account = match (find_account(line, &known), member.and_then(|member| member.account)) {
                (Ok(account), _) => account,
                // Whoever is known says which of the companies of that name it is.
                (Err(LineError::Alike), Some(theirs)) => Some(theirs),
                (Err(error), _) => {
                    refused.push((line.number, error));
                    continue;
                }
            };
            if let Some(member) = member {
                let fault = match (member.account, account) {
                    (None, _) => Some(LineError::OwnStaff),
                    (Some(theirs), Some(account)) if theirs != account => Some(LineError::PersonElsewhere),
                    _ => None,
                };
                if let Some(fault) = fault {
                    refused.push((line.number, fault));
                    continue;
                }
            }
            // Whoever is known by their address alone is known with their company.
            let account = account.or_else(|| member.and_then(|member| member.account));
            let mut touched = false;
            let id = match account {
                Some(id) => {
                    if let Some((fields, _)) = known.accounts.get_mut(&id) {
                        let merged = merge(fields, line);
                        if merged != *fields {
                            *fields = merged;
                            touched = true;
                            if !new_accounts.contains(&id) && changed_accounts.insert(id) {
                                writes.changed.push(id);
                            }
                        }
                    }
                    id
                }
                None => {
                    let id: AccountId = ctx.new_id();
                    let fields = fresh(line);
                    known.names.entry((fields.name.key(), fields.country)).or_default().push(id);
                    known.accounts.insert(id, (fields, None));
                    new_accounts.insert(id);
                    writes.accounts.push(id);
                    touched = true;
                    id
                }
            };
            for domain in &line.domains {
                if !known.domains.contains_key(domain.as_str()) {
                    known.domains.insert(domain.as_str().to_owned(), id);
                    known.with_domains.insert(id);
                    writes.domains.push((domain.clone(), id));
                    touched = true;
                }
            }
            if let Some(manager) =
                line.manager.as_ref().and_then(|name| self.managers.get(&manager_key(name)))
                && let Some((_, assigned)) = known.accounts.get_mut(&id)
                && *assigned != Some(*manager)
            {
                *assigned = Some(*manager);
                writes.assignments.insert(id, *manager);
                touched = true;
            }
            if let Some(person) = &line.person {
                let language = |country: Country| match country.as_str() {
                    "DE" | "AT" | "CH" | "LI" | "LU" => Language::German,
                    _ => Language::English,
                };
                let (member, recorded) = match known.members.get(person.email.as_str()) {
                    Some(member) => {
                        let wanted: &str = match person.language {
                            Some(given) => given.as_str(),
                            None => &member.language,
                        };
                        if member.name != person.name.as_str() || member.language != wanted {
                            let wanted = Language::parse(wanted).unwrap_or(Language::German);
                            writes.people.push((member.id, person.name.clone(), wanted));
                            report.changed_people += 1;
                            touched = true;
                        }
                        (member.id, member.permission)
                    }
                    None => {
                        let member: MemberId = ctx.new_id();
                        writes.advocates.push(NewAdvocate {
                            id: member,
                            account: id,
                            name: person.name.clone(),
                            email: person.email.clone(),
                            language: person.language.unwrap_or_else(|| language(line.country)),
                        });
                        report.new_people += 1;
                        touched = true;
                        (member, None)
                    }
                };
                // A file never ends an objection, and never takes away a ground that is there.
                let better = match (person.permission, recorded) {
                    (None, _) | (_, Some((_, true))) => false,
                    (Some(_), None) => true,
                    (Some(Basis::None), Some(_)) => false,
                    (Some(given), Some((basis, false))) => given != basis && basis != Basis::Consent,
                };
                if let Some(basis) = person.permission.filter(|_| better) {
                    writes.permissions.push(NewPermission {
                        id: ctx.new_id(),
                        member,
                        channel: Channel::Mail,
                        basis,
                        source: "import".to_owned(),
                        at: now,
                    });
                    touched = true;
                }
            }
            if !touched {
                report.unchanged += 1;
            }
        }
        report.new_accounts += new_accounts.len() as u64;
        report.changed_accounts += changed_accounts.len() as u64;
        if self.importing.dry_run {
            self.planned.keep(&writes, &known);
        }
        let wanted = writes.accounts.iter().chain(&writes.changed);
        let fields =
            wanted.filter_map(|id| known.accounts.get(id).map(|(fields, _)| (*id, fields.clone()))).collect();
        (writes, fields)
    }
}

impl Planned {
    /// Adds what earlier batches of this dry run would have written.
    fn lend(&self, known: &mut Known, batch: &[Line]) {
        for line in batch {
            for domain in &line.domains {
                if let Some(id) = self.domains.get(domain.as_str()) {
                    known.domains.insert(domain.as_str().to_owned(), *id);
                    self.lend_account(known, *id);
                }
            }
            let name = (line.company.key(), line.country);
            if let Some(id) = self.names.get(&name) {
                let named = known.names.entry(name).or_default();
                if !named.contains(id) {
                    named.push(*id);
                }
                self.lend_account(known, *id);
            }
        }
    }

    fn lend_account(&self, known: &mut Known, id: AccountId) {
        if let Some(account) = self.accounts.get(&id) {
            known.accounts.insert(id, account.clone());
        }
        if self.with_domains.contains(&id) {
            known.with_domains.insert(id);
        }
    }

    fn keep(&mut self, writes: &Writes, known: &Known) {
        for (domain, id) in &writes.domains {
            self.domains.insert(domain.as_str().to_owned(), *id);
            self.with_domains.insert(*id);
        }
        for id in &writes.accounts {
            if let Some((fields, _)) = known.accounts.get(id) {
                self.names.insert((fields.name.key(), fields.country), *id);
            }
        }
        for id in writes.accounts.iter().chain(&writes.changed).chain(writes.assignments.keys()) {
            if let Some(account) = known.accounts.get(id) {
                self.accounts.insert(*id, account.clone());
            }
        }
    }
}

fn asked(batch: &[Line]) -> Asked {
    let mut asked = Asked::default();
    for line in batch {
        asked.domains.extend(line.domains.iter().map(|domain| domain.as_str().to_owned()));
        asked.name_keys.push(line.company.key());
        asked.emails.extend(line.person.iter().map(|person| person.email.as_str().to_owned()));
    }
    for list in [&mut asked.domains, &mut asked.name_keys, &mut asked.emails] {
        list.sort_unstable();
        list.dedup();
    }
    asked
}

/// By any of its domains; without a domain that is known, by name and country. A name is a hint: two companies may share
/// it, so one that is known by other domains is not taken for the line's, and of several none is guessed.
fn find_account(line: &Line, known: &Known) -> Result<Option<AccountId>, LineError> {
    let mut found = line.domains.iter().filter_map(|domain| known.domains.get(domain.as_str()).copied());
    if let Some(first) = found.next() {
        return if found.all(|other| other == first) { Ok(Some(first)) } else { Err(LineError::DomainTaken) };
    }
    match known.names.get(&(line.company.key(), line.country)).map_or(&[][..], Vec::as_slice) {
        [] => Ok(None),
        [only] if line.domains.is_empty() || !known.with_domains.contains(only) => Ok(Some(*only)),
        _ => Err(LineError::Alike),
    }
}

fn fresh(line: &Line) -> AccountFields {
    AccountFields {
        name: line.company.clone(),
        country: line.country,
        industry: line.industry.clone(),
        recipient_kind: line.kind.unwrap_or(RecipientKind::Unknown),
        status: line.status.unwrap_or(AccountStatus::Customer),
        customer_since: line.customer_since,
        gift_policy: GiftPolicy::Any,
    }
}

/// What is known, with what the line says in addition.
fn merge(known: &AccountFields, line: &Line) -> AccountFields {
    AccountFields {
        // Two spellings of one name are one name: the one that is there stays.
        name: if known.name.key() == line.company.key() { known.name.clone() } else { line.company.clone() },
        country: if line.country_given { line.country } else { known.country },
        industry: line.industry.clone().or_else(|| known.industry.clone()),
        recipient_kind: line.kind.unwrap_or(known.recipient_kind),
        status: line.status.unwrap_or(known.status),
        customer_since: line.customer_since.or(known.customer_since),
        gift_policy: known.gift_policy,
    }
}

async fn write(
    ctx: &Ctx,
    writes: Writes,
    fields: &BTreeMap<AccountId, AccountFields>,
    report: &Report,
    by: Option<MemberId>,
) -> Result<Duration, StoreError> {
    let now = ctx.now();
    let new: Vec<_> = writes.accounts.iter().filter_map(|id| Some((*id, fields.get(id)?.clone()))).collect();
    let nothing = new.is_empty()
        && writes.changed.is_empty()
        && writes.domains.is_empty()
        && writes.assignments.is_empty()
        && writes.advocates.is_empty()
        && writes.people.is_empty()
        && writes.permissions.is_empty();
    if nothing {
        return Ok(Duration::ZERO);
    }
    let tx = ctx.store.begin().await?;
    let began = Instant::now();
    let accounts = tx.accounts();
    accounts.insert_accounts(&new, now).await?;
    for id in &writes.changed {
        if let Some(fields) = fields.get(id) {
            accounts.overwrite(*id, fields).await?;
        }
    }
    accounts.insert_domains(writes.domains).await?;
    // A company that is new here has no referrals yet.
    let fresh: HashSet<_> = writes.accounts.iter().collect();
    let handed: Vec<_> = writes.assignments.keys().filter(|id| !fresh.contains(id)).copied().collect();
    accounts.insert_assignments(writes.assignments.into_iter().collect(), now).await?;
    if !handed.is_empty() {
        follow_assignments(ctx, &tx, by, &handed, ("import", "customers")).await?;
    }
    accounts.insert_advocates(writes.advocates, now).await?;
    for (id, name, language) in &writes.people {
        accounts.overwrite_advocate(*id, name, *language).await?;
    }
    accounts.insert_permissions(writes.permissions).await?;
    let details = json!({
        "new_accounts": report.new_accounts,
        "changed_accounts": report.changed_accounts,
        "new_people": report.new_people,
        "changed_people": report.changed_people,
    });
    tx.audit(ctx.audit_entry(by, "imports.customers", "import", "customers", details)).await?;
    tx.commit().await?;
    Ok(began.elapsed())
}

/// The lines that were not taken, as a file to correct and read again: number, reason, then the line itself.
pub fn errors_csv(report: &Report, words: Words) -> String {
    let mut writer = csv::WriterBuilder::new().delimiter(b';').flexible(true).from_writer(Vec::new());
    let heading = [words.say(words::keys::IMPORT_ERRORS_LINE), words.say(words::keys::IMPORT_ERRORS_REASON)];
    let headings = heading.iter().map(|heading| heading.to_string()).chain(report.headings.iter().cloned());
    // Writing into memory does not fail.
    let _ = writer.write_record(headings.map(|field| harmless(&field)));
    for refused in &report.refused {
        let first = [refused.line.to_string(), words.error(&refused.code)];
        let fields = first.into_iter().chain(refused.fields.iter().map(|field| harmless(field)));
        let _ = writer.write_record(fields);
    }
    let body =
        writer.into_inner().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    // Excel takes a file for UTF-8 only when it is told so.
    format!("\u{FEFF}{body}")
}

/// A spreadsheet takes a field that begins like this for a formula.
fn harmless(field: &str) -> String {
    if field.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{field}") } else { field.to_owned() }
}
