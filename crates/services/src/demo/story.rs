//! Two hundred referrals over twelve months, in every state.

use std::{cmp::Reverse, collections::BinaryHeap};

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    accounts::RecipientKind,
    consent::{ConsentState, PreferredChannel},
    documents::Document,
    ids::{IncentiveId, OrganisationId, ReferralId, RewardId},
    incentives::{Amount, IncentiveKind, Unit},
    members::Actor,
    moments::{ClockSettings, fallback_thanks_at},
    referrals::{Closing, DisqualifyReason, LossReason, Move, Step},
    rewards::Side,
    text::{CompanyName, Country, EmailAddress, Language, PersonName, Reason, RoleTitle},
    touches::{Channel, Visitor},
};
use rand::{Rng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;

use super::{Error, Staff, clock::DemoClock, compliance, customers, introductions, questions};
use crate::{
    Ctx,
    consent::{self, Entry, Origin},
    incentives::{self, OwnThanks},
    jobs,
    members::{self, Manners},
    referrals::{self, MoveStage, Programme, SubmitReferral, ThankError, carried_link_token, programme},
    rewards,
    touches::{Click, Clicks, share_kit},
};

/// The smallest page that a reader of PDF opens.
const RECEIPT: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 120]/Contents 4 0 R\
/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n\
4 0 obj<</Length 48>>stream\nBT /F1 18 Tf 24 60 Td (Spendenquittung) Tj ET   \nendstream endobj\n\
trailer<</Root 1 0 R>>\n%%EOF\n";
/// A little over two hundred: of a few nothing comes but a click.
const PLOTS: usize = 212;
/// Customers who recommend; the rest of the thousand only buy.
pub(super) const ADVOCATES: usize = 60;
const STEM: [&str; 24] = [
    "Halden",
    "Marbach",
    "Ossling",
    "Perlach",
    "Quint",
    "Rabenau",
    "Sielen",
    "Torgau",
    "Ulmen",
    "Varel",
    "Wester",
    "Xanten",
    "Ybbs",
    "Zillertal",
    "Arven",
    "Bolten",
    "Carpin",
    "Dorum",
    "Elster",
    "Fehrbellin",
    "Gotthard",
    "Hunte",
    "Iller",
    "Jasmund",
];
const TRADE: [&str; 12] = [
    "Anlagenbau",
    "Werkzeuge",
    "Backwaren",
    "Papier",
    "Dichtungen",
    "Fördertechnik",
    "Möbel",
    "Messtechnik",
    "Stahl",
    "Chemie",
    "Saatgut",
    "Leuchten",
];
const ROLE: [&str; 8] = [
    "Leitung Produktion",
    "Leitung Technik",
    "Einkauf",
    "Geschäftsführung",
    "Instandhaltung",
    "Leitung Werk",
    "Qualität",
    "Betriebsleitung",
];
const REASON: [&str; 6] = [
    "Drei Schichten, viele kleine Lose, und die Wartung steht noch in einer Tabelle.",
    "Sie haben im Herbst eine zweite Linie bekommen und suchen gerade.",
    "Wir tauschen uns jedes Jahr auf der Messe aus; die Sorgen sind dieselben wie unsere früher.",
    "Neue Werkleitung, die aufräumen will.",
    "Der Stillstand im Sommer hat sie eine Woche gekostet.",
    "Sie fragen uns seit Monaten, wie wir das gelöst haben.",
];
const THANKS: [&str; 3] = [
    "Vielen Dank für den Hinweis. Ich sehe mir die Firma heute an und melde mich, sobald jemand zugestimmt hat.",
    "Danke, dass Sie an uns gedacht haben. Das passt gut zu dem, was wir gerade lernen.",
    "Herzlichen Dank für Ihr Vertrauen. Ich halte Sie auf dem Laufenden.",
];

/// How many days ago a rule was changed.
const TIGHTENED: i64 = 75;

/// What happens next to a referral.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Act {
    Submit,
    Fill,
    Agree,
    Thank,
    Forward(Step),
    Try,
    Withdraw,
    TakeBack,
    Disqualify,
    Lose,
    Refuse,
    Approve,
    Deliver,
    /// Counsel wants a rule changed.
    Tighten,
    /// Nobody acts; what is due is done.
    Pass,
}

/// Where a recommended company is: most in Germany, some in Austria and Switzerland.
fn country(number: usize) -> Result<Country, Error> {
    let code = match number % 9 {
        3 | 7 => "AT",
        5 => "CH",
        _ => "DE",
    };
    Ok(Country::parse(code)?)
}

/// A referral of the story, as far as it has come.
struct Plot {
    advocate: usize,
    company: String,
    domain: String,
    own_share: bool,
    referral: Option<ReferralId>,
    deal: i64,
}

/// Tells the story up to `end`; answers the advocates with the most to see first.
pub(super) async fn tell(
    ctx: &Ctx,
    clock: &DemoClock,
    random: &mut ChaCha8Rng,
    staff: &Staff,
    people: &[(String, String)],
    end: DateTime<Utc>,
) -> Result<Vec<(Actor, String)>, Error> {
    let mut advocates = Vec::new();
    for (name, mail) in people.iter().take(ADVOCATES) {
        let mail = EmailAddress::parse(mail)?;
        let id = ctx.store.members().id_by_email(&mail).await?.ok_or("an imported person is missing")?;
        let person = ctx.store.members().person(id).await?.ok_or("an imported person is missing")?;
        advocates.push((person.actor, name.clone()));
    }
    // Whoever recommends has come in.
    let tx = ctx.store.begin().await?;
    for (actor, _) in &advocates {
        tx.members().note_joined(actor.member, ctx.now()).await?;
    }
    tx.commit().await?;
    let programme = programme(ctx).await?.ok_or("there is a programme")?;
    let organisations: Vec<OrganisationId> = programme.organisations.iter().map(|one| one.id).collect();
    let clicks = Clicks::start(ctx.clone());
    let mut teller = Teller {
        ctx,
        staff,
        clicks,
        programme,
        organisations,
        advocates,
        plots: Vec::new(),
        looked_at: 0,
        owed: Vec::new(),
    };

    let start = end - TimeDelta::days(365);
    let mut acts: BinaryHeap<Reverse<(DateTime<Utc>, Act, usize)>> = BinaryHeap::new();
    for number in 0..PLOTS {
        let at = start + TimeDelta::minutes(random.random_range(0..365 * 24 * 60));
        let plot = teller.invent(random, number);
        plan(random, at, number, plot.own_share, &mut acts);
        teller.plots.push(plot);
    }
    // Once a week marketing works through what waits.
    let mut week = start;
    while week < end {
        acts.push(Reverse((week, Act::Approve, 0)));
        acts.push(Reverse((week + TimeDelta::days(3), Act::Deliver, 0)));
        week += TimeDelta::days(7);
    }
    acts.push(Reverse((end - TimeDelta::days(TIGHTENED), Act::Tighten, 0)));
    while let Some(Reverse((at, act, number))) = acts.pop() {
        if at > end {
            break;
        }
        clock.set(at);
        teller.act(random, act, number).await?;
        jobs::run_due(ctx).await?;
    }
    clock.set(end);
    jobs::run_due(ctx).await?;
    let mut busy: Vec<(usize, usize)> = (0..teller.advocates.len())
        .map(|advocate| (teller.plots.iter().filter(|plot| plot.advocate == advocate).count(), advocate))
        .collect();
    busy.sort_unstable_by_key(|(count, advocate)| (Reverse(*count), *advocate));
    let mut told: Vec<(Actor, String)> =
        busy.into_iter().map(|(_, advocate)| teller.advocates[advocate].clone()).collect();
    // Whoever looks as the first advocate and then as the first account manager sees the same referrals.
    let first = staff.managers.first().map(|(actor, _)| actor.member);
    for place in 0..told.len() {
        let standing = referrals::standing(ctx, told[place].0.member).await?;
        if standing.is_some_and(|standing| standing.account_manager == first) {
            told[..=place].rotate_right(1);
            break;
        }
    }
    Ok(told)
}

/// The first advocate gives to others unless they say otherwise; the second one's employer allows no gifts; the third is
/// named to nobody.
pub(super) async fn own_thanks(ctx: &Ctx, advocates: &[(Actor, String)]) -> Result<(), Error> {
    let programme = programme(ctx).await?.ok_or("there is a programme")?;
    let donation = programme.offers.iter().find(|offer| offer.incentive.kind == IncentiveKind::Donation);
    let gives = OwnThanks {
        incentive: donation.map(|offer| offer.incentive.id),
        organisation: programme.organisations.first().map(|one| one.id),
    };
    let [(giver, _), (refuser, _), (unnamed, _), ..] = advocates else {
        return Err("three advocates are there".into());
    };
    let referrer = giver.referrer().ok_or("an advocate refers")?;
    incentives::set_own_thanks(ctx, &referrer, gives).await?;
    let manners = Manners { shares_name: true, refuses_gifts: true };
    members::change_manners(ctx, refuser.member, manners).await?;
    let manners = Manners { shares_name: false, refuses_gifts: false };
    Ok(members::change_manners(ctx, unnamed.member, manners).await?)
}

/// How a referral will go: most answer, about half are taken further, a sixth become customers.
fn plan(
    random: &mut ChaCha8Rng,
    at: DateTime<Utc>,
    number: usize,
    own_share: bool,
    acts: &mut BinaryHeap<Reverse<(DateTime<Utc>, Act, usize)>>,
) {
    let mut now = at;
    let clocks = ClockSettings::default();
    let begins = if own_share { Act::Fill } else { Act::Submit };
    let mut then = |random: &mut ChaCha8Rng, low: i64, high: i64, act| {
        now += TimeDelta::minutes(random.random_range(low * 60..high * 60));
        acts.push(Reverse((now, act, number)));
        if act == begins {
            acts.push(Reverse((fallback_thanks_at(now, &clocks), Act::Pass, number)));
        }
    };
    then(random, 0, 1, Act::Submit);
    if !own_share {
        then(random, 1, 6, Act::Thank);
    }
    let fate = random.random_range(0..100);
    if fate < 10 {
        if fate < 2 {
            then(random, 20, 80, Act::Withdraw);
        }
        return;
    }
    then(random, 4, 96, Act::Fill);
    if own_share {
        then(random, 1, 5, Act::Thank);
    }
    if fate < 16 {
        then(random, 1, 24, Act::Refuse);
        return;
    }
    then(random, 1, 20, Act::Agree);
    if fate < 22 {
        then(random, 4, 40, Act::Disqualify);
        return;
    }
    then(random, 1, 14, Act::Forward(Step::Accepted));
    then(random, 2, 26, Act::Forward(Step::Contacted));
    if fate < 25 {
        then(random, 30, 200, Act::TakeBack);
        return;
    }
    if fate < 34 {
        then(random, 200, 900, Act::Lose);
        return;
    }
    then(random, 72, 500, Act::Forward(Step::Meeting));
    if fate < 46 {
        then(random, 300, 1500, Act::Lose);
        return;
    }
    if number.is_multiple_of(3) {
        then(random, 100, 400, Act::Try);
    }
    then(random, 200, 1200, Act::Forward(Step::Qualified));
    if fate < 56 {
        then(random, 600, 2400, Act::Lose);
        return;
    }
    then(random, 500, 3000, Act::Forward(Step::Won));
}

struct Teller<'a> {
    ctx: &'a Ctx,
    staff: &'a Staff,
    clicks: Clicks,
    programme: Programme,
    organisations: Vec<OrganisationId>,
    advocates: Vec<(Actor, String)>,
    plots: Vec<Plot>,
    /// Rewards that marketing has decided on.
    looked_at: usize,
    /// Rewards that an introduction is owed for.
    owed: Vec<RewardId>,
}

impl Teller<'_> {
    fn invent(&self, random: &mut ChaCha8Rng, number: usize) -> Plot {
        // A few recommend much, most once or twice.
        let spread: f64 = random.random();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and the number of advocates"
        )]
        #[expect(clippy::cast_precision_loss, reason = "sixty")]
        let advocate = (spread * spread * self.advocates.len() as f64) as usize;
        let stem = STEM.choose(random).copied().unwrap_or_default();
        let trade = TRADE.choose(random).copied().unwrap_or_default();
        let domain = domain::text::ascii_fold(&format!("{stem}{trade}"));
        let domain: String = domain.chars().filter(char::is_ascii_alphanumeric).collect();
        Plot {
            advocate,
            company: format!("{stem} {trade} GmbH"),
            domain: format!("{domain}-{number}.example"),
            own_share: random.random_ratio(2, 5),
            referral: None,
            deal: i64::from(random.random_range(8..120)) * 100_000,
        }
    }

    async fn act(&mut self, random: &mut ChaCha8Rng, act: Act, number: usize) -> Result<(), Error> {
        match act {
            Act::Submit if self.plots[number].own_share => Ok(()),
            Act::Submit => self.submit(random, number).await,
            Act::Fill => self.fill(random, number).await,
            Act::Agree => self.agree(number).await,
            Act::Refuse => self.refuse(number).await,
            Act::Thank => self.thank(random, number).await,
            Act::Forward(step) => self.forward(number, step).await,
            Act::Try => self.try_out(number).await,
            Act::Withdraw => self.withdraw(number).await,
            Act::TakeBack => self.take_consent_back(number).await,
            Act::Disqualify => {
                let reason = Reason::parse("Die Firma ist zu klein für das Produkt.")?;
                self.close(number, Closing::Disqualified(DisqualifyReason::NotAFit, reason)).await
            }
            Act::Lose => {
                let why = LossReason::ALL.choose(random).copied().unwrap_or(LossReason::Timing);
                self.close(number, Closing::Lost(why, Reason::parse("Absage nach dem letzten Gespräch.")?))
                    .await
            }
            Act::Approve => self.approve().await,
            Act::Deliver => self.deliver().await,
            Act::Tighten => compliance::tighten(self.ctx, &self.staff.marketing).await,
            Act::Pass => Ok(()),
        }
    }

    async fn submit(&mut self, random: &mut ChaCha8Rng, number: usize) -> Result<(), Error> {
        let plot = &self.plots[number];
        let referrer = self.advocates[plot.advocate].0.referrer().ok_or("an advocate refers")?;
        let standing =
            referrals::standing(self.ctx, referrer.member()).await?.ok_or("an advocate has a company")?;
        let allowed: Vec<(IncentiveId, IncentiveKind)> = self
            .programme
            .choices(&standing.receiver)
            .into_iter()
            .filter(|(_, eligibility)| eligibility.is_allowed())
            .map(|(offer, _)| (offer.incentive.id, offer.incentive.kind))
            .collect();
        let (incentive, kind) = allowed.choose(random).copied().ok_or("something may be chosen")?;
        let organisation =
            (kind == IncentiveKind::Donation).then(|| self.organisations.choose(random).copied()).flatten();
        let id = referrals::submit(
            self.ctx,
            &referrer,
            SubmitReferral {
                company: CompanyName::parse(&plot.company)?,
                country: country(number)?,
                role: RoleTitle::parse(ROLE.choose(random).copied().unwrap_or_default())?,
                reason: Reason::parse(REASON.choose(random).copied().unwrap_or_default())?,
                answers: questions::answers(&self.programme.program.questions, number),
                channel: Channel::Link,
                incentive: Some(incentive),
                organisation,
                key: format!("demo-{number}"),
            },
        )
        .await?;
        self.plots[number].referral = Some(id);
        Ok(())
    }

    async fn fill(&mut self, random: &mut ChaCha8Rng, number: usize) -> Result<(), Error> {
        let plot = &self.plots[number];
        let origin = match plot.referral {
            Some(id) => Origin::CarriedLink { token: carried_link_token(self.ctx, id) },
            None => {
                let referrer = self.advocates[plot.advocate].0.referrer().ok_or("an advocate refers")?;
                let kit = share_kit(self.ctx, &referrer, self.programme.program.id).await?;
                let target =
                    self.clicks.target(kit.code.as_str()).await?.ok_or("the link leads somewhere")?;
                let mut touch = None;
                // Others look and go.
                for visit in 0..random.random_range(1..9) {
                    let channel = [Channel::Mail, Channel::LinkedIn, Channel::Link, Channel::Qr]
                        .choose(random)
                        .copied()
                        .unwrap_or(Channel::Link);
                    let click = Click {
                        target: target.clone(),
                        channel,
                        visitor: Visitor::Person,
                        visitor_signs: format!("{number}-{visit}"),
                    };
                    touch = Some(self.clicks.keep(click).await?);
                }
                Origin::OwnShare { target: (*target).clone(), touch }
            }
        };
        let entry = Entry {
            name: PersonName::parse(&customers::person(number))?,
            company: plot.referral.is_none().then(|| CompanyName::parse(&plot.company)).transpose()?,
            role: Some(RoleTitle::parse(ROLE.choose(random).copied().unwrap_or_default())?),
            email: EmailAddress::parse(&format!("kontakt@{}", plot.domain))?,
            phone: None,
            recipient_kind: RecipientKind::PrivateCompany,
            preferred: PreferredChannel::Mail,
            best_time: None,
            language: Language::German,
            // A few let the advocate see each step.
            shows_steps: number.is_multiple_of(90),
            read_in: Language::German,
            form_key: format!("demo-contact-{number}"),
            source: format!("demo-{number}"),
        };
        consent::submit_entry(self.ctx, &origin, &entry).await?;
        if plot.referral.is_none() {
            let open = self.contact(number).await?;
            self.plots[number].referral = open.map(|(referral, _)| referral);
        }
        Ok(())
    }

    /// The contact of a plot, and the token of the link in their mail.
    async fn contact(&self, number: usize) -> Result<Option<(ReferralId, String)>, Error> {
        let address = EmailAddress::parse(&format!("kontakt@{}", self.plots[number].domain))?;
        let Some(id) = self.ctx.store.contact_written_to(address.as_str()).await? else { return Ok(None) };
        let contact = self.ctx.store.consent().contact(id).await?;
        Ok(contact.map(|contact| (contact.referral, consent::confirm_token(self.ctx, id))))
    }

    async fn agree(&self, number: usize) -> Result<(), Error> {
        if let Some((_, token)) = self.contact(number).await? {
            consent::give(self.ctx, &token, Language::German).await?;
        }
        Ok(())
    }

    async fn refuse(&self, number: usize) -> Result<(), Error> {
        if let Some((_, token)) = self.contact(number).await? {
            consent::refuse(self.ctx, &token).await?;
        }
        Ok(())
    }

    async fn thank(&self, random: &mut ChaCha8Rng, number: usize) -> Result<(), Error> {
        let Some(id) = self.plots[number].referral else { return Ok(()) };
        let Some(stored) = self.ctx.store.referrals().load(id).await? else { return Ok(()) };
        let words = THANKS.choose(random).copied().unwrap_or_default();
        let power = self.staff.managing(stored.facts.account_manager)?;
        match referrals::thank(self.ctx, &power, id, Reason::parse(words)?).await {
            // The programme team was faster.
            Ok(()) | Err(ThankError::Already) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    async fn forward(&self, number: usize, step: Step) -> Result<(), Error> {
        let deal = match step {
            Step::Won => Some(
                Amount::new(self.plots[number].deal, Unit::Money(self.ctx.host.currency))
                    .map_err(|e| e.code())?,
            ),
            _ => None,
        };
        self.make(number, Move::Forward(step), deal).await
    }

    /// Into the programme's own stage between the meeting and the confirmed need.
    async fn try_out(&self, number: usize) -> Result<(), Error> {
        let Some(own) = self.programme.program.pipeline.between().first() else { return Ok(()) };
        self.make(number, Move::Enter(own.clone()), None).await
    }

    /// The advocate thought better of it.
    async fn withdraw(&self, number: usize) -> Result<(), Error> {
        let plot = &self.plots[number];
        let Some(id) = plot.referral else { return Ok(()) };
        let Some(stored) = self.ctx.store.referrals().load(id).await? else { return Ok(()) };
        let referrer = self.advocates[plot.advocate].0.referrer().ok_or("an advocate refers")?;
        Ok(referrals::withdraw(self.ctx, &referrer, id, stored.version).await?)
    }

    /// The contact does not want to be spoken to any more.
    async fn take_consent_back(&self, number: usize) -> Result<(), Error> {
        let Some((_, token)) = self.contact(number).await? else { return Ok(()) };
        // Agreeing twice is agreeing once, and says where their page is.
        let page = consent::give(self.ctx, &token, Language::German).await?;
        Ok(consent::withdraw(self.ctx, &page, Language::German).await?)
    }

    async fn close(&self, number: usize, closing: Closing) -> Result<(), Error> {
        self.make(number, Move::Close(closing), None).await
    }

    async fn make(&self, number: usize, action: Move, deal: Option<Amount>) -> Result<(), Error> {
        let Some(id) = self.plots[number].referral else { return Ok(()) };
        let Some(stored) = self.ctx.store.referrals().load(id).await? else { return Ok(()) };
        // A neutral answer or a refusal may have ended it before.
        if stored.facts.position.open().is_none() || stored.facts.consent != ConsentState::Given {
            return Ok(());
        }
        let power = self.staff.managing(stored.facts.account_manager)?;
        let command = MoveStage { referral: id, action, deal, note: None, version: stored.version };
        Ok(referrals::move_stage(self.ctx, &power, command).await?)
    }

    async fn approve(&mut self) -> Result<(), Error> {
        let Some(queue) = rewards::queue(self.ctx, &self.staff.marketing, None).await? else { return Ok(()) };
        // The newest ones wait, so that there is something to decide.
        let waits = |until| self.ctx.now() - until > TimeDelta::days(3);
        let lines: Vec<_> =
            queue.page.lines.into_iter().filter(|line| line.clearing_until.is_some_and(waits)).collect();
        for line in lines {
            self.looked_at += 1;
            let marketing = &self.staff.marketing;
            if self.looked_at.is_multiple_of(19) {
                let why = Reason::parse("Mit dieser Firma waren wir schon im Gespräch.")?;
                rewards::decline(self.ctx, marketing, line.id, line.version, &why).await?;
            } else {
                rewards::approve(self.ctx, marketing, line.id, line.version).await?;
            }
        }
        Ok(())
    }

    /// The how many-th introduction that is owed this is, from 0.
    fn place_of(&mut self, reward: RewardId) -> usize {
        self.owed.iter().position(|known| *known == reward).unwrap_or_else(|| {
            self.owed.push(reward);
            self.owed.len() - 1
        })
    }

    async fn deliver(&mut self) -> Result<(), Error> {
        let Some(tasks) = rewards::tasks(self.ctx, &self.staff.marketing, None).await? else { return Ok(()) };
        let today = self.ctx.now().with_timezone(&self.ctx.host.zone).date_naive();
        // The newest ones wait, so that there is something to do.
        let now = self.ctx.now();
        for line in tasks.open.lines.into_iter().filter(|line| now - line.since > TimeDelta::days(6)) {
            if !line.kind.is_none_or(IncentiveKind::is_handed_over) {
                let known = tasks.introductions.iter().any(|known| known.reward == line.id);
                let place = self.place_of(line.id);
                if !known && place == introductions::OVERDUE {
                    introductions::promise(self.ctx, self.staff, &line, today, place).await?;
                } else if !known && place >= introductions::LEFT {
                    introductions::make(self.ctx, self.staff, &self.advocates, &line, today, place).await?;
                }
                continue;
            }
            if line.kind.is_some_and(IncentiveKind::needs_receipt) {
                let number = format!("Spendenquittung {}", line.id.to_string().split_at(8).0);
                let receipt = Document::new(RECEIPT)?;
                let marketing = &self.staff.marketing;
                rewards::deliver_with_receipt(self.ctx, marketing, line.id, line.version, &number, &receipt)
                    .await?;
                continue;
            }
            let (reference, on) = match (line.side, line.kind) {
                (Side::Contact, _) => ("Klausel 4 des Vertrags".to_owned(), Some(today)),
                (_, Some(IncentiveKind::Credit)) => {
                    (format!("Buchung {}", line.id.to_string().split_at(8).0), None)
                }
                _ => ("Freigeschaltet".to_owned(), None),
            };
            rewards::deliver(self.ctx, &self.staff.marketing, line.id, line.version, &reference, on).await?;
        }
        Ok(())
    }
}
