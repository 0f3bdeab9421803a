//! The human first contact: off by default, revealed to the assigned account manager alone, answered or forgotten.

use chrono::TimeDelta;
use domain::{
    consent::{ConsentChannel, ConsentState, FirstContactChannel, PreferredChannel},
    ids::{MemberId, ReferralId},
    members::{AccountManaging, Actor, Duties, Role, RoleSet},
    referrals::{Stage, SubmitError},
    text::{CompanyName, Country, EmailAddress, Language, PersonName, Phone, Reason, RoleTitle},
    touches::Channel,
};
use services::{
    consent::{
        self, AllowError, RevealError, SpokenAnswer, SpokenError, first_contact_of, reveal, seen_contacts,
        spoken_answer, stop_spoken,
    },
    referrals::{AskInPerson, SubmitReferral, SubmitReferralError, submit_to_ask, withdraw},
    testing::{TestHouse, stage_hand},
};
use store::members::NewMember;

use crate::company::Company;

const PHONE: &str = "+49 171 1234567";

struct World {
    house: TestHouse,
    company: Company,
    manager: Actor,
    colleague: Actor,
    marketing: Actor,
}

async fn staff(house: &TestHouse, name: &str, mail: &str, role: Role) -> Actor {
    let (id, roles): (MemberId, _) = (house.ctx.new_id(), RoleSet::EMPTY.with(role));
    let tx = house.ctx.store.begin().await.unwrap();
    tx.members()
        .insert(&NewMember {
            id,
            account: None,
            name: PersonName::parse(name).unwrap(),
            email: EmailAddress::parse(mail).unwrap(),
            language: Language::German,
            roles,
            created_at: house.ctx.now(),
        })
        .await
        .unwrap();
    tx.commit().await.unwrap();
    Actor { member: id, account: None, roles }
}

impl World {
    async fn on(house: TestHouse) -> Self {
        let company = Company::on(&house).await;
        let manager = staff(&house, "Miriam Vogt", "miriam@halvern.example", Role::AccountManager).await;
        let colleague = staff(&house, "Deniz Arslan", "deniz@halvern.example", Role::AccountManager).await;
        let marketing = staff(&house, "Lena Hoffmann", "lena@halvern.example", Role::Marketing).await;
        let tx = house.ctx.store.begin().await.unwrap();
        tx.accounts()
            .assign(
                stage_hand().inviting().unwrap(),
                company.annas_account,
                Some(manager.member),
                house.ctx.now(),
            )
            .await
            .unwrap();
        tx.commit().await.unwrap();
        Self { house, company, manager, colleague, marketing }
    }

    async fn allow(&self, channel: FirstContactChannel) -> Result<(), AllowError> {
        let power = self.marketing.program_managing().unwrap();
        let ground = Reason::parse("Geprüft am 2. November, mutmaßliche Einwilligung.").unwrap();
        consent::allow(&self.house.ctx, &power, self.company.program, channel, Country::DE, ground).await
    }

    async fn ask(&self, key: &str, phone: Option<&str>) -> Result<ReferralId, SubmitReferralError> {
        let by = self.company.person(&self.house, self.company.anna).await.actor.referrer().unwrap();
        let command = SubmitReferral {
            company: CompanyName::parse("Ravensteiner Hydraulik GmbH").unwrap(),
            country: Country::DE,
            role: RoleTitle::parse("Leitung Einkauf").unwrap(),
            reason: Reason::parse("Drei Schichten, viele kleine Lose").unwrap(),
            answers: Default::default(),
            channel: Channel::Link,
            incentive: None,
            organisation: None,
            key: key.to_owned(),
        };
        let ask = AskInPerson {
            channel: FirstContactChannel::Phone,
            name: PersonName::parse("Jens Lund").unwrap(),
            phone: phone.map(|phone| Phone::parse(phone).unwrap()),
            circumstances: Reason::parse("Er hat mich am Montag darum gebeten.").unwrap(),
        };
        submit_to_ask(&self.house.ctx, &by, command, ask).await
    }

    /// An account manager who stands in for the assigned one as well.
    fn deputy(&self) -> AccountManaging {
        let duties = Duties { deputy_for: vec![self.manager.member], default_owner: true };
        self.colleague.account_managing(duties).unwrap()
    }

    fn assigned(&self) -> AccountManaging {
        self.manager.account_managing(Duties::default()).unwrap()
    }

    async fn person(&self, power: &AccountManaging, id: ReferralId) -> Option<(String, Option<String>)> {
        let stored = self.house.ctx.store.referrals().load(id).await.unwrap().unwrap();
        first_contact_of(&self.house.ctx, power, &stored.facts).await.unwrap().unwrap().person
    }

    async fn gone(&self, id: ReferralId) -> bool {
        self.house.ctx.store.first_contacts().of(id).await.unwrap().is_none()
    }
}

fn answer(agreed: bool) -> SpokenAnswer {
    SpokenAnswer {
        agreed,
        channel: FirstContactChannel::Phone,
        language: Language::German,
        preferred: PreferredChannel::PhoneMorning,
    }
}

#[tokio::test]
async fn off_by_default_and_only_where_a_ground_is_recorded() {
    for house in TestHouse::all().await {
        let world = World::on(house).await;
        let forbidden = SubmitReferralError::Refused(SubmitError::PathForbidden).to_string();
        assert_eq!(world.ask("a", Some(PHONE)).await.unwrap_err().to_string(), forbidden);
        world.allow(FirstContactChannel::InPerson).await.unwrap();
        // Another channel of the same market is another thing.
        assert_eq!(world.ask("b", Some(PHONE)).await.unwrap_err().to_string(), forbidden);
        world.allow(FirstContactChannel::Phone).await.unwrap();
        assert!(matches!(world.allow(FirstContactChannel::Phone).await, Err(AllowError::Already)));
        assert!(matches!(world.ask("c", None).await, Err(SubmitReferralError::PhoneMissing)));
        let id = world.ask("d", Some(PHONE)).await.unwrap();
        assert_eq!(world.ask("d", Some(PHONE)).await.unwrap(), id, "sent twice, it is one");
        let rules = consent::rules_of(&world.house.ctx, world.company.program).await.unwrap();
        let power = world.marketing.program_managing().unwrap();
        for rule in rules {
            consent::end_rule(&world.house.ctx, &power, rule.id).await.unwrap();
        }
        assert_eq!(world.ask("e", Some(PHONE)).await.unwrap_err().to_string(), forbidden);
        world.house.close().await;
    }
}

#[tokio::test]
async fn the_assigned_account_manager_alone_looks_and_each_look_is_written_down() {
    for house in TestHouse::all().await {
        let world = World::on(house).await;
        let ctx = &world.house.ctx;
        world.allow(FirstContactChannel::Phone).await.unwrap();
        let id = world.ask("a", Some(PHONE)).await.unwrap();
        let kept = ctx.store.first_contacts().of(id).await.unwrap().unwrap();
        assert_eq!((kept.name_mask.as_str(), kept.phone_mask.as_deref()), ("J… L…", Some("… 67")));
        for secret in ["Jens", "Lund", "1234567"] {
            assert!(!format!("{kept:?}").contains(secret), "{kept:?}");
        }
        assert_eq!(world.person(&world.assigned(), id).await, None, "not before they have looked");
        assert!(matches!(reveal(ctx, &world.deputy(), id).await, Err(RevealError::NotAssigned)));
        let stranger = world.colleague.account_managing(Duties::default()).unwrap();
        assert!(matches!(reveal(ctx, &stranger, id).await, Err(RevealError::NotFound)));
        // Nobody can have spoken to somebody whose number they have not seen.
        let early = spoken_answer(ctx, &world.assigned(), id, answer(true)).await;
        assert!(matches!(early, Err(SpokenError::NotRevealed)));
        for _ in 0..2 {
            reveal(ctx, &world.assigned(), id).await.unwrap();
        }
        let seen = ("Jens Lund".to_owned(), Some(PHONE.replace(' ', "")));
        assert_eq!(world.person(&world.assigned(), id).await, Some(seen));
        assert_eq!(world.person(&world.deputy(), id).await, None);
        assert_eq!(store::testing::audited(&ctx.store, "consent.reveal").await, 2);
        let deputy = spoken_answer(ctx, &world.deputy(), id, answer(true)).await;
        assert!(matches!(deputy, Err(SpokenError::NotAssigned)));
        assert!(world.house.mails.sent().is_empty(), "no mail is part of it");
        world.house.close().await;
    }
}

#[tokio::test]
async fn a_spoken_yes_is_recorded_with_its_words_and_can_be_taken_back() {
    for house in TestHouse::all().await {
        let world = World::on(house).await;
        let ctx = &world.house.ctx;
        world.allow(FirstContactChannel::Phone).await.unwrap();
        let id = world.ask("a", Some(PHONE)).await.unwrap();
        reveal(ctx, &world.assigned(), id).await.unwrap();
        spoken_answer(ctx, &world.assigned(), id, answer(true)).await.unwrap();
        assert!(world.gone(id).await);
        let stored = ctx.store.referrals().load(id).await.unwrap().unwrap();
        assert_eq!(stored.facts.consent, ConsentState::Given);
        assert_eq!(stored.contact_done_at, Some(ctx.now()), "speaking to them was the first contact");
        let seen = seen_contacts(ctx, &world.manager, Duties::default(), &stored.facts).await.unwrap();
        assert_eq!(seen.len(), 1);
        assert_eq!((seen[0].contact.name.as_str(), seen[0].masked), ("Jens Lund", false));
        let masked = seen_contacts(ctx, &world.marketing, Duties::default(), &stored.facts).await.unwrap();
        assert!(masked[0].masked && masked[0].contact.name == "J… L…", "{masked:?}");
        let steps = ctx.store.consent().steps_of(seen[0].contact.id).await.unwrap();
        assert_eq!((steps[0].state, steps[0].channel), (ConsentState::Given, ConsentChannel::Phone));
        assert!(steps[0].wording.contains("Anna Berger") && steps[0].wording.contains("Halvern"));
        let events = ctx.store.referrals().events(id).await.unwrap();
        assert_eq!(events.last().unwrap().member, Some(world.manager.member), "who wrote it down");

        stop_spoken(ctx, &world.assigned(), id).await.unwrap();
        let stored = ctx.store.referrals().load(id).await.unwrap().unwrap();
        assert_eq!(stored.facts.consent, ConsentState::Withdrawn);
        assert_eq!(stored.facts.position.stage(), Stage::Declined);
        assert_eq!(ctx.store.consent().counts().await.unwrap(), (0, 1));
        assert!(world.house.mails.sent().iter().all(|mail| !mail.text.contains("Lund")));
        world.house.run_jobs().await;
        world.house.close().await;
    }
}

#[tokio::test]
async fn a_spoken_no_leaves_a_hash_and_nothing_else() {
    for house in TestHouse::all().await {
        let world = World::on(house).await;
        let ctx = &world.house.ctx;
        world.allow(FirstContactChannel::Phone).await.unwrap();
        let id = world.ask("a", Some(PHONE)).await.unwrap();
        reveal(ctx, &world.assigned(), id).await.unwrap();
        spoken_answer(ctx, &world.assigned(), id, answer(false)).await.unwrap();
        assert!(world.gone(id).await);
        assert_eq!(ctx.store.consent().counts().await.unwrap(), (0, 1));
        let stored = ctx.store.referrals().load(id).await.unwrap().unwrap();
        assert_eq!((stored.facts.position.stage(), stored.reason.as_str()), (Stage::Declined, ""));
        // The same telephone, written otherwise: the neutral answer.
        let again = world.ask("b", Some("0171 123 45 67")).await.unwrap_err();
        assert_eq!(again.to_string(), "neutral");
        let twice = spoken_answer(ctx, &world.assigned(), id, answer(true)).await;
        assert!(matches!(twice, Err(SpokenError::NotFound)));
        world.house.close().await;
    }
}

#[tokio::test]
async fn without_an_answer_nobody_is_kept() {
    for house in TestHouse::all().await {
        let world = World::on(house).await;
        let ctx = &world.house.ctx;
        world.allow(FirstContactChannel::Phone).await.unwrap();
        let id = world.ask("a", Some(PHONE)).await.unwrap();
        reveal(ctx, &world.assigned(), id).await.unwrap();
        world.house.clock.advance(TimeDelta::days(13));
        world.house.run_jobs().await;
        assert!(!world.gone(id).await);
        world.house.clock.advance(TimeDelta::days(2));
        world.house.run_jobs().await;
        assert!(world.gone(id).await);
        assert!(matches!(reveal(ctx, &world.assigned(), id).await, Err(RevealError::NotFound)));
        assert_eq!(ctx.store.consent().counts().await.unwrap(), (0, 0), "no answer is no refusal");
        let stored = ctx.store.referrals().load(id).await.unwrap().unwrap();
        assert_eq!((stored.role_title.as_str(), stored.reason.as_str()), ("", ""));

        // Also where the referral ended before, and took the name with it.
        let id = world.ask("b", Some(PHONE)).await.unwrap();
        let by = world.company.person(&world.house, world.company.anna).await.actor.referrer().unwrap();
        withdraw(ctx, &by, id, 0).await.unwrap();
        let reason = || async { ctx.store.referrals().load(id).await.unwrap().unwrap().reason };
        assert!(world.gone(id).await && !reason().await.is_empty());
        world.house.clock.advance(TimeDelta::days(14));
        world.house.run_jobs().await;
        assert_eq!(reason().await, "");
        world.house.close().await;
    }
}
