//! One referral per company: by each of its domains, until the referral ends.

use chrono::TimeDelta;
use domain::{
    accounts::{AccountStatus, WorkDomain},
    ids::{AccountId, ReferralId},
    members::{AccountManaging, Role},
    referrals::{Closing, DisqualifyReason, Move, Step},
    text::{Language, Reason},
};
use services::{
    Ctx,
    consent::{Answer, Origin, submit_entry},
    referrals::{MoveStage, MoveStageError, duties, move_stage},
    testing::TestHouse,
};
use store::testing::traces;

use crate::{
    company::Company,
    consent::{agreed, carried_referral, entry, link_of},
    rewards_world::member,
};

/// A company that is no customer yet, known by two domains.
async fn two_domains(ctx: &Ctx) {
    let id: AccountId = ctx.new_id();
    store::testing::account(&ctx.store, id, "Ravensteiner", "ravensteiner.de", AccountStatus::Prospect).await;
    let tx = ctx.store.begin().await.unwrap();
    let second = WorkDomain::parse("ravensteiner-hydraulik.com").unwrap();
    tx.accounts().insert_domains(vec![(second, id)]).await.unwrap();
    tx.commit().await.unwrap();
}

async fn fill(house: &TestHouse, origin: &Origin, email: &str, key: &str) -> Answer {
    submit_entry(&house.ctx, origin, &entry(email, key)).await.unwrap()
}

#[tokio::test]
async fn a_colleague_with_another_domain_of_the_account_joins_or_gets_the_neutral_answer() {
    for house in TestHouse::all().await {
        let company = Company::on(&house).await;
        two_domains(&house.ctx).await;
        let anna = link_of(&house, &company, company.anna).await;
        let ben = link_of(&house, &company, company.ben).await;
        agreed(&house, &anna, "jens@ravensteiner.de", "one").await;
        assert_eq!(fill(&house, &anna, "mara@ravensteiner-hydraulik.com", "two").await, Answer::MailSent);
        assert_eq!(traces(&house.ctx.store).await[2], 1, "joined, not a second referral");
        assert_eq!(fill(&house, &ben, "eva@ravensteiner-hydraulik.com", "three").await, Answer::Neutral);
        assert_eq!(traces(&house.ctx.store).await[2], 1);
        house.close().await;
    }
}

#[tokio::test]
async fn a_private_address_of_somebody_known_claims_their_company_too() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let company = Company::on(&house).await;
        let id: AccountId = ctx.new_id();
        store::testing::account(&ctx.store, id, "Alt AG", "alt.de", AccountStatus::Former).await;
        Company::member(&house, id, "Karl Amsel", "karl.amsel@gmx.de").await;
        let anna = link_of(&house, &company, company.anna).await;
        let ben = link_of(&house, &company, company.ben).await;
        assert_eq!(fill(&house, &anna, "karl.amsel@gmx.de", "one").await, Answer::MailSent);
        assert_eq!(fill(&house, &ben, "wer@alt.de", "two").await, Answer::Neutral);
        house.close().await;
    }
}

#[tokio::test]
async fn two_advocates_at_once_with_two_domains_of_one_account_are_one_referral() {
    for house in TestHouse::all().await {
        let company = Company::on(&house).await;
        two_domains(&house.ctx).await;
        let anna = link_of(&house, &company, company.anna).await;
        let ben = link_of(&house, &company, company.ben).await;
        let (first, second) = tokio::join!(
            fill(&house, &anna, "jens@ravensteiner.de", "one"),
            fill(&house, &ben, "mara@ravensteiner-hydraulik.com", "two"),
        );
        let answers = [first, second];
        assert!(answers.contains(&Answer::MailSent) && answers.contains(&Answer::Neutral), "{answers:?}");
        assert_eq!(traces(&house.ctx.store).await[2], 1);
        house.close().await;
    }
}

#[tokio::test]
async fn a_claim_holds_as_long_as_its_referral_is_open() {
    for house in TestHouse::all().await {
        let company = Company::on(&house).await;
        let anna = link_of(&house, &company, company.anna).await;
        let ben = link_of(&house, &company, company.ben).await;
        agreed(&house, &anna, "jens@ravensteiner.de", "one").await;
        // Far beyond the ninety days within which a touch counts.
        house.clock.advance(TimeDelta::days(400));
        house.run_jobs().await;
        assert_eq!(fill(&house, &ben, "mara@ravensteiner.de", "two").await, Answer::Neutral);
        // After eighteen months without a move it ends, and the company is free.
        house.clock.advance(TimeDelta::days(200));
        house.run_jobs().await;
        assert_eq!(fill(&house, &ben, "mara@ravensteiner.de", "three").await, Answer::MailSent);
        house.close().await;
    }
}

struct Desk<'h> {
    house: &'h TestHouse,
    power: AccountManaging,
}

impl<'h> Desk<'h> {
    async fn new(house: &'h TestHouse) -> Self {
        let manager = member(&house.ctx, None, Role::AccountManager, "Miriam Vogt").await;
        let duties = duties(&house.ctx, manager.member).await.unwrap();
        Self { house, power: manager.account_managing(duties).unwrap() }
    }

    async fn make(&self, referral: ReferralId, action: Move) -> Result<(), MoveStageError> {
        let stored = self.house.ctx.store.referrals().load(referral).await.unwrap().unwrap();
        let command = MoveStage { referral, action, deal: None, note: None, version: stored.version };
        move_stage(&self.house.ctx, &self.power, command).await
    }

    async fn end(&self, referral: ReferralId) {
        let reason = Reason::parse("Zu klein").unwrap();
        let closing = Closing::Disqualified(DisqualifyReason::NotAFit, reason);
        self.make(referral, Move::Close(closing)).await.unwrap();
    }

    async fn reopen(&self, referral: ReferralId) -> Result<(), MoveStageError> {
        let reason = Reason::parse("Doch nicht zu klein").unwrap();
        self.make(referral, Move::Correct { to: Step::Submitted, reason }).await
    }
}

/// The referral of the contact whose private page has this token.
async fn referral_of(house: &TestHouse, page: &str) -> ReferralId {
    services::consent::my_page(&house.ctx, page).await.unwrap().unwrap().referral.facts.id
}

#[tokio::test]
async fn a_referral_that_is_opened_again_has_its_company_again() {
    for house in TestHouse::all().await {
        let company = Company::on(&house).await;
        two_domains(&house.ctx).await;
        let anna = link_of(&house, &company, company.anna).await;
        let ben = link_of(&house, &company, company.ben).await;
        let desk = Desk::new(&house).await;
        let (_, page) = agreed(&house, &anna, "jens@ravensteiner.de", "one").await;
        let referral = referral_of(&house, &page).await;
        desk.end(referral).await;
        assert_eq!(traces(&house.ctx.store).await[3], 0);
        desk.reopen(referral).await.unwrap();
        assert_eq!(fill(&house, &ben, "mara@ravensteiner-hydraulik.com", "two").await, Answer::Neutral);
        house.close().await;
    }
}

#[tokio::test]
async fn a_company_that_was_won_is_a_customer_for_everybody() {
    for house in TestHouse::all().await {
        let company = Company::on(&house).await;
        two_domains(&house.ctx).await;
        let anna = link_of(&house, &company, company.anna).await;
        let ben = link_of(&house, &company, company.ben).await;
        let desk = Desk::new(&house).await;
        let (_, page) = agreed(&house, &anna, "jens@ravensteiner.de", "one").await;
        let referral = referral_of(&house, &page).await;
        desk.make(referral, Move::Forward(Step::Won)).await.unwrap();
        assert_eq!(fill(&house, &ben, "mara@ravensteiner-hydraulik.com", "two").await, Answer::Neutral);
        assert_eq!(fill(&house, &anna, "eva@ravensteiner.de", "three").await, Answer::Neutral);
        assert_eq!(traces(&house.ctx.store).await[2], 1);
        // A win that was a mistake leaves an open referral, which a colleague may join.
        desk.reopen(referral).await.unwrap();
        assert_eq!(fill(&house, &anna, "eva@ravensteiner.de", "four").await, Answer::MailSent);
        assert_eq!(traces(&house.ctx.store).await[2], 1);
        house.close().await;
    }
}

#[tokio::test]
async fn a_referral_whose_company_another_one_has_stays_closed() {
    for house in TestHouse::all().await {
        let company = Company::on(&house).await;
        two_domains(&house.ctx).await;
        let anna = link_of(&house, &company, company.anna).await;
        let ben = link_of(&house, &company, company.ben).await;
        let desk = Desk::new(&house).await;
        let (_, page) = agreed(&house, &anna, "jens@ravensteiner.de", "one").await;
        let first = referral_of(&house, &page).await;
        desk.end(first).await;
        let (_, page) = agreed(&house, &ben, "mara@ravensteiner-hydraulik.com", "two").await;
        let second = referral_of(&house, &page).await;
        let before = house.ctx.store.referrals().load(first).await.unwrap().unwrap().version;
        let refused = desk.reopen(first).await.unwrap_err();
        assert_eq!(refused.to_string(), "company_taken");
        assert!(words::knows("error", "company_taken"));
        let stored = house.ctx.store.referrals().load(first).await.unwrap().unwrap();
        assert_eq!((stored.version, stored.facts.position.open()), (before, None), "nothing has changed");
        desk.end(second).await;
        desk.reopen(first).await.unwrap();
        house.close().await;
    }
}

#[tokio::test]
async fn a_correction_of_an_open_referral_asks_for_no_claim() {
    for house in TestHouse::all().await {
        let company = Company::on(&house).await;
        let anna = link_of(&house, &company, company.anna).await;
        let desk = Desk::new(&house).await;
        let (_, page) = agreed(&house, &anna, "jens@ravensteiner.de", "one").await;
        let referral = referral_of(&house, &page).await;
        desk.make(referral, Move::Forward(Step::Meeting)).await.unwrap();
        desk.reopen(referral).await.unwrap();
        let page = services::consent::my_page(&house.ctx, &page).await.unwrap().unwrap();
        assert_eq!(page.contact.language, Language::German);
        assert_eq!(traces(&house.ctx.store).await[3], 1);
        house.close().await;
    }
}

#[tokio::test]
async fn a_link_that_is_passed_on_to_another_company_is_a_referral_of_its_own() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let company = Company::on(&house).await;
        let carried = Origin::CarriedLink { token: carried_referral(&house, &company, company.anna).await };
        let (_, jens) = agreed(&house, &carried, "jens@ravensteiner.de", "one").await;
        let meant = referral_of(&house, &jens).await;
        let (_, udo) = agreed(&house, &carried, "udo@andere.example", "two").await;
        let other = services::consent::my_page(ctx, &udo).await.unwrap().unwrap().referral;
        assert_ne!(other.facts.id, meant);
        assert_eq!((other.facts.advocate, other.domain.as_deref()), (company.anna, Some("andere.example")));
        assert_eq!(other.facts.consent_path, domain::consent::ConsentPath::OwnShare);
        let first = ctx.store.referrals().load(meant).await.unwrap().unwrap();
        assert_eq!(first.domain.as_deref(), Some("ravensteiner.de"), "its company is what it was");
        assert_eq!(first.facts.terms.disclosure, other.facts.terms.disclosure, "they were told the same");
        assert_eq!(ctx.store.consent().contacts_of(meant).await.unwrap().len(), 1);
        // The end of one gives only its own company free.
        let desk = Desk::new(&house).await;
        desk.end(other.facts.id).await;
        let ben = link_of(&house, &company, company.ben).await;
        assert_eq!(fill(&house, &ben, "mara@ravensteiner.de", "three").await, Answer::Neutral);
        assert_eq!(fill(&house, &ben, "ute@andere.example", "four").await, Answer::MailSent);
        // A colleague and a private address come to the company that was meant.
        agreed(&house, &carried, "eva@ravensteiner.de", "five").await;
        agreed(&house, &carried, "frei@gmx.de", "six").await;
        assert_eq!(ctx.store.consent().contacts_of(meant).await.unwrap().len(), 3);
        house.close().await;
    }
}
