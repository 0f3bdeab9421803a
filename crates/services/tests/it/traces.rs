//! What is left of a person who wants nothing kept: no word of theirs, and none about them.

use chrono::TimeDelta;
use domain::{
    consent::{ConsentPath, MailKind, Transactional},
    ids::ReferralId,
    incentives::{Question, QuestionKind},
    members::{AccountManaging, Actor, Referrer, Role},
    referrals::{Closing, EventKind, LossReason, Move, Stage, Step},
    text::{Bilingual, CompanyName, Country, Language, Reason, RoleTitle},
    touches::Channel,
};
use serde_json::json;
use services::{
    consent::{Origin, erase, object, refuse, submit_entry, withdraw},
    incentives::save_questions,
    referrals::{
        AmendReferral, AmendReferralError, MoveStage, SubmitReferral, amend, carried_link_token,
        detail_for_advocate, detail_for_staff, duties, move_stage, say, submit, thank,
    },
    retention::sweep,
    rewards::decline,
    testing::TestHouse,
};
use store::{
    mails::NewMail,
    referrals::NewReferral,
    testing::{audit_details, audited, holding, migrate_again, rows},
};

use crate::{
    company::Company,
    consent::{MAIL, agreed, confirm_token, entry},
    rewards_world::{World, member},
};

/// A word that stands nowhere by itself.
const WORD: &str = "Zaunkoenig";
/// What the company was called before it was put right.
const FORMER: &str = "Rotkehlchen";

/// Everything in which somebody may write about a person.
const TEXTS: [(&str, &str); 6] = [
    ("referrals", "role_title"),
    ("referrals", "reason"),
    ("referrals", "answers"),
    ("referral_events", "body"),
    ("referral_messages", "body"),
    ("rewards", "ended_note"),
];

fn words(about: &str) -> Reason {
    Reason::parse(&format!("{about}: {WORD} ist in Elternzeit")).unwrap()
}

/// A referral of Anna's with the word in every text.
struct Scene {
    house: TestHouse,
    id: ReferralId,
    anna: Actor,
    manager: Actor,
    marketing: Actor,
}

impl Scene {
    async fn on(house: TestHouse) -> Self {
        let company = Company::on(&house).await;
        let ctx = &house.ctx;
        let manager = member(ctx, None, Role::AccountManager, "Miriam Vogt").await;
        let marketing = member(ctx, None, Role::Marketing, "Lena Hoffmann").await;
        let program = ctx.store.incentives().program(company.program).await.unwrap().unwrap();
        let asked = Question {
            id: ctx.new_id(),
            kind: QuestionKind::Line,
            label: Bilingual::new("Wer entscheidet?", "Who decides?"),
            required: true,
            options: Vec::new(),
            active: true,
        };
        let power = marketing.program_managing().unwrap();
        save_questions(ctx, &power, program.id, program.version, vec![asked.clone()]).await.unwrap();
        let anna = company.person(&house, company.anna).await.actor;
        let offers = ctx.store.incentives().offers(company.program).await.unwrap();
        let command = SubmitReferral {
            company: CompanyName::parse(&format!("{FORMER} GmbH")).unwrap(),
            country: Country::DE,
            role: RoleTitle::parse(&format!("Leitung {WORD}")).unwrap(),
            reason: words("Anlass"),
            answers: [(asked.id, format!("Herr {WORD}"))].into(),
            channel: Channel::Mail,
            incentive: Some(offers[0].incentive.id),
            organisation: None,
            key: "form".to_owned(),
        };
        let id = submit(ctx, &anna.referrer().unwrap(), command).await.unwrap();
        Self { house, id, anna, manager, marketing }
    }

    fn referrer(&self) -> Referrer {
        self.anna.referrer().unwrap()
    }

    async fn power(&self) -> AccountManaging {
        self.manager.account_managing(duties(&self.house.ctx, self.manager.member).await.unwrap()).unwrap()
    }

    async fn stored(&self) -> store::referrals::StoredReferral {
        self.house.ctx.store.referrals().load(self.id).await.unwrap().unwrap()
    }

    fn origin(&self) -> Origin {
        Origin::CarriedLink { token: carried_link_token(&self.house.ctx, self.id) }
    }

    async fn put_right(&self, version: i32) -> Result<(), AmendReferralError> {
        let command = AmendReferral {
            referral: self.id,
            company: CompanyName::parse("Ravensteiner Hydraulik GmbH").unwrap(),
            role: RoleTitle::parse(&format!("Einkauf {WORD}")).unwrap(),
            reason: words("Grund"),
            version,
        };
        amend(&self.house.ctx, &self.referrer(), command).await
    }

    async fn moved(&self, action: Move, note: Option<Reason>) {
        let version = self.stored().await.version;
        let command = MoveStage { referral: self.id, action, deal: None, note, version };
        move_stage(&self.house.ctx, &self.power().await, command).await.unwrap();
    }

    async fn said(&self, who: &Actor, text: Reason) {
        say(&self.house.ctx, who, self.id, text, None).await.unwrap();
    }

    /// Everything that can be written is written; answers the token of the contact's page.
    async fn told(&self) -> String {
        let ctx = &self.house.ctx;
        self.put_right(self.stored().await.version).await.unwrap();
        let (_, mine) = agreed(&self.house, &self.origin(), MAIL, "one").await;
        self.said(&self.anna, words("Frage")).await;
        self.said(&self.manager, words("Antwort")).await;
        thank(ctx, &self.power().await, self.id, words("Danke")).await.unwrap();
        self.moved(Move::Forward(Step::Accepted), Some(words("Notiz"))).await;
        self.moved(Move::Close(Closing::Lost(LossReason::Timing, words("Ende"))), None).await;
        self.moved(Move::Correct { to: Step::Accepted, reason: words("Wieder offen") }, None).await;
        self.moved(Move::Forward(Step::Won), Some(words("Abschluss"))).await;
        let rewards = ctx.store.rewards().of_referral(self.id).await.unwrap().rewards;
        let reward = &rewards[0];
        decline(ctx, &self.marketing, reward.reward.facts().id, reward.version, &words("Nein"))
            .await
            .unwrap();
        self.house.run_jobs().await;
        mine
    }
}

#[tokio::test]
async fn the_audit_log_holds_codes_and_no_words() {
    for house in TestHouse::all().await {
        let scene = Scene::on(house).await;
        scene.told().await;
        let store = &scene.house.ctx.store;
        for (table, column) in TEXTS {
            assert!(holding(store, table, column, WORD).await > 0, "{table}.{column} is tried");
        }
        assert!(holding(store, "referral_events", "body", FORMER).await > 0);
        for word in [WORD, FORMER, "Ravensteiner", "Lund"] {
            assert_eq!(holding(store, "audit_entries", "details", word).await, 0, "{word}");
        }
        let lines = audit_details(store, "referrals.event").await;
        let lost = json!({
            "event": "moved", "by": "staff", "from": "accepted", "to": "lost", "reason": "timing"
        });
        assert!(lines.contains(&lost), "{lines:?}");
        scene.house.close().await;
    }
}

#[tokio::test]
async fn what_a_person_ends_leaves_no_word_about_them() {
    for way in ["object", "erase", "withdraw"] {
        for house in TestHouse::all().await {
            let scene = Scene::on(house).await;
            let ctx = &scene.house.ctx;
            let mine = scene.told().await;
            let lines = ctx.store.referrals().events(scene.id).await.unwrap().len();
            match way {
                "object" => object(ctx, &mine).await.unwrap(),
                "erase" => erase(ctx, &mine).await.unwrap(),
                _ => {
                    withdraw(ctx, &mine, Language::German).await.unwrap();
                    assert!(holding(&ctx.store, "referrals", "reason", WORD).await > 0, "for 14 days");
                    scene.house.clock.advance(TimeDelta::days(14));
                }
            }
            scene.house.run_jobs().await;
            for (table, column) in TEXTS {
                assert_eq!(holding(&ctx.store, table, column, WORD).await, 0, "{way}: {table}.{column}");
            }
            for column in ["subject", "body_text", "body_html"] {
                assert_eq!(holding(&ctx.store, "mails", column, WORD).await, 0, "{way}: {column}");
            }
            // What happened stands there still, and can be read.
            let events = ctx.store.referrals().events(scene.id).await.unwrap();
            assert!(events.len() >= lines, "{way}");
            let ended = events.iter().find_map(|event| match &event.kind {
                EventKind::Moved { closing: Some(closing), .. } => Some(closing.clone()),
                _ => None,
            });
            assert_eq!(ended, Some(Closing::Lost(LossReason::Timing, Reason::deleted())), "{way}");
            let duty = detail_for_staff(ctx, &scene.power().await, scene.id).await.unwrap().unwrap();
            assert_eq!(duty.messages.len(), 3, "{way}: that something was said");
            assert!(duty.messages.iter().all(|message| message.body.is_empty()), "{way}");
            scene.house.close().await;
        }
    }
}

#[tokio::test]
async fn who_never_answers_is_not_written_about_for_ever() {
    for house in TestHouse::all().await {
        let scene = Scene::on(house).await;
        scene.said(&scene.anna, words("Frage")).await;
        scene.house.clock.advance(TimeDelta::days(14));
        scene.house.run_jobs().await;
        let stored = scene.stored().await;
        assert_eq!(stored.facts.position.stage(), Stage::Expired);
        for (table, column) in TEXTS {
            let left = holding(&scene.house.ctx.store, table, column, WORD).await;
            assert_eq!(left, 0, "{table}.{column}");
        }
        scene.house.close().await;
    }
}

#[tokio::test]
async fn what_was_deleted_does_not_come_back_by_an_open_form() {
    for house in TestHouse::all().await {
        let scene = Scene::on(house).await;
        let ctx = &scene.house.ctx;
        for (email, key) in [(MAIL, "a"), ("mara@ravensteiner.de", "b")] {
            submit_entry(ctx, &scene.origin(), &entry(email, key)).await.unwrap();
        }
        scene.house.run_jobs().await;
        let open = scene.stored().await.version;
        // A colleague may still agree, so nothing moves; the words go all the same.
        refuse(ctx, &confirm_token(&scene.house, MAIL)).await.unwrap();
        let stored = scene.stored().await;
        assert_eq!((stored.facts.position.stage(), stored.reason.as_str()), (Stage::Submitted, ""));
        assert!(matches!(scene.put_right(open).await, Err(AmendReferralError::Stale)));
        assert_eq!(scene.stored().await.reason, "");
        scene.house.close().await;
    }
}

/// What an advocate reads of a dialogue at every time that could make a difference.
async fn read_after(scene: &Scene) -> Vec<Vec<String>> {
    let ctx = &scene.house.ctx;
    let mut read = Vec::new();
    let look = async || {
        let duty = detail_for_advocate(ctx, &scene.referrer(), scene.id).await.unwrap().unwrap();
        let stored = &duty.stored;
        assert_eq!((stored.role_title.as_str(), stored.reason.as_str()), ("", ""));
        assert!(stored.answers.is_empty(), "no end tells by its answers whose it was");
        duty.messages.into_iter().map(|message| message.body).collect::<Vec<_>>()
    };
    read.push(look().await);
    scene.house.clock.advance(TimeDelta::days(1));
    scene.said(&scene.anna, Reason::parse("Woran lag es?").unwrap()).await;
    read.push(look().await);
    scene.house.clock.advance(TimeDelta::days(13));
    scene.house.run_jobs().await;
    read.push(look().await);
    scene.house.clock.advance(TimeDelta::days(1));
    scene.said(&scene.manager, Reason::parse("Es hat nicht gepasst.").unwrap()).await;
    read.push(look().await);
    read
}

#[tokio::test]
async fn an_advocate_cannot_tell_by_answers_or_dialogue_who_ended_it() {
    for (house, other) in TestHouse::all().await.into_iter().zip(TestHouse::all().await) {
        let (lost, withdrawn) = (Scene::on(house).await, Scene::on(other).await);
        let mut read = Vec::new();
        for (ended, scene) in [("lost", &lost), ("withdrawn", &withdrawn)] {
            let (_, mine) = agreed(&scene.house, &scene.origin(), "a@ravensteiner.de", "one").await;
            scene.moved(Move::Forward(Step::Accepted), None).await;
            scene.said(&scene.anna, words("Frage")).await;
            scene.house.clock.advance(TimeDelta::minutes(1));
            if ended == "lost" {
                scene.moved(Move::Close(Closing::Lost(LossReason::NoNeed, words("Ende"))), None).await;
            } else {
                withdraw(&scene.house.ctx, &mine, Language::German).await.unwrap();
            }
            read.push(read_after(scene).await);
        }
        assert_eq!(read[0], read[1]);
        let expected =
            [vec![""], vec!["", "Woran lag es?"], vec!["", ""], vec!["", "", "Es hat nicht gepasst."]];
        assert_eq!(read[0], expected);
        let duty = detail_for_staff(&lost.house.ctx, &lost.power().await, lost.id).await.unwrap().unwrap();
        assert!(duty.messages[0].body.contains(WORD), "staff go on reading what was lost");
        lost.house.close().await;
        withdrawn.house.close().await;
    }
}

#[tokio::test]
async fn a_mail_that_was_given_up_goes_with_its_words() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let anna = World::new(&house).await.advocate.member;
        let tx = ctx.store.begin().await.unwrap();
        tx.insert_mail(NewMail {
            id: ctx.new_id(),
            kind: MailKind::Transactional(Transactional::ALL[0]),
            recipient: Some(anna),
            contact: None,
            to: "anna@polar.example".to_owned(),
            subject: "Danke".to_owned(),
            text: words("Danke").into_string(),
            html: String::new(),
            created_at: ctx.now(),
        })
        .await
        .unwrap();
        tx.commit().await.unwrap();
        house.clock.advance(TimeDelta::days(89));
        sweep(ctx).await.unwrap();
        assert_eq!(holding(&ctx.store, "mails", "body_text", WORD).await, 1);
        house.clock.advance(TimeDelta::days(1));
        sweep(ctx).await.unwrap();
        assert_eq!(rows(&ctx.store, "mails").await, 0);
        house.close().await;
    }
}

#[tokio::test]
async fn older_lines_are_put_right_by_the_migration() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let mut facts = world.facts(ctx, vec![world.credit.clone()], None);
        facts.consent_path = ConsentPath::OwnShare;
        let role = RoleTitle::parse(WORD).unwrap();
        let tx = ctx.store.begin().await.unwrap();
        let new = NewReferral {
            facts: &facts,
            domain: None,
            country: None,
            role_title: Some(&role),
            reason: None,
            answers: &[],
            channel: Channel::Link,
            touch: None,
            organisation: None,
            share_token_hash: None,
            submission_key: facts.id.to_string(),
            due_at: None,
            expires_at: None,
        };
        tx.referrals().insert(&new).await.unwrap();
        for details in [
            json!({ "by": "staff", "event": { "type": "moved", "from": "accepted", "to": "lost",
                "closing": { "lost": ["timing", WORD] } } }),
            json!({ "by": "staff", "event": { "type": "moved", "from": "submitted", "to": "accepted",
                "closing": null, "note": WORD } }),
            json!({ "by": "advocate", "event": { "type": "amended", "company": WORD, "role": true,
                "reason": false } }),
            json!({ "by": "system", "event": "thanked", "from": null, "to": null, "reason": null }),
        ] {
            tx.audit(ctx.audit_entry(None, "referrals.event", "referral", facts.id, details)).await.unwrap();
        }
        let ground = json!({ "channel": "phone", "country": "DE", "ground": WORD });
        for (action, details) in [
            ("consent.allow_first_contact", ground),
            ("consent.neutral_answer", json!({ "reason": "customer" })),
        ] {
            tx.audit(ctx.audit_entry(None, action, "rule", facts.id, details)).await.unwrap();
        }
        tx.commit().await.unwrap();
        migrate_again(&ctx.store, "m20261123_000100_only_codes").await;
        let mut lines = audit_details(&ctx.store, "referrals.event").await;
        lines.sort_by_key(ToString::to_string);
        let mut expected = vec![
            json!({ "event": "moved", "by": "staff", "from": "accepted", "to": "lost", "reason": "timing" }),
            json!({ "event": "moved", "by": "staff", "from": "submitted", "to": "accepted", "reason": null }),
            json!({ "event": "amended", "by": "advocate", "from": null, "to": null, "reason": null }),
            json!({ "event": "thanked", "by": "system", "from": null, "to": null, "reason": null }),
        ];
        expected.sort_by_key(ToString::to_string);
        assert_eq!(lines, expected);
        let rule = audit_details(&ctx.store, "consent.allow_first_contact").await;
        assert_eq!(rule, [json!({ "channel": "phone", "country": "DE" })]);
        assert_eq!(audited(&ctx.store, "consent.neutral_answer").await, 0);
        assert_eq!(ctx.store.referrals().load(facts.id).await.unwrap().unwrap().role_title, "");
        house.close().await;
    }
}
