//! From the landing page to consent and back.

use chrono::TimeDelta;
use domain::{
    accounts::RecipientKind,
    consent::{ConsentChannel, ConsentState, PreferredChannel},
    ids::{MemberId, ProgramId},
    members::Referrer,
    referrals::{EventKind, Stage},
    text::{BestTime, CompanyName, Country, EmailAddress, Language, PersonName, Phone, Reason, RoleTitle},
    touches::{Channel, CodeKind},
};
use services::{
    Ctx,
    consent::{
        Answer, AnswerError, Confirmation, Correct, Entry, MyPage, MyPageError, Origin, SubmitEntryError,
        confirmation, correct, erase, give, my_page, object, refuse, refuse_carried, submit_entry, withdraw,
    },
    referrals::{SubmitReferral, carried_link_token, detail_for_advocate, submit},
    testing::TestHouse,
    touches::share_kit,
};
use store::testing::{audited, places_of, rows, traces};

use crate::company::Company;

pub(crate) const MAIL: &str = "jens.lund@ravensteiner.de";

pub(crate) async fn link_of(house: &TestHouse, company: &Company, member: MemberId) -> Origin {
    let by = company.person(house, member).await.actor.referrer().unwrap();
    own_link(&house.ctx, &by, company.program).await
}

/// Somebody who has come by this advocate's own link.
pub(crate) async fn own_link(ctx: &Ctx, by: &Referrer, program: ProgramId) -> Origin {
    let kit = share_kit(ctx, by, program).await.unwrap();
    let target = ctx.store.touches().target(kit.code.as_str(), CodeKind::Link).await.unwrap();
    Origin::OwnShare { target: target.unwrap(), touch: None }
}

pub(crate) fn entry(email: &str, form_key: &str) -> Entry {
    Entry {
        name: PersonName::parse("Jens Lund").unwrap(),
        company: CompanyName::parse("Ravensteiner Hydraulik GmbH").ok(),
        role: RoleTitle::parse("Leitung Einkauf").ok(),
        email: EmailAddress::parse(email).unwrap(),
        phone: None,
        recipient_kind: RecipientKind::PrivateCompany,
        preferred: PreferredChannel::Mail,
        best_time: None,
        language: Language::German,
        shows_steps: false,
        read_in: Language::English,
        form_key: form_key.to_owned(),
        source: "203.0.113.1".to_owned(),
    }
}

pub(crate) async fn carried_referral(house: &TestHouse, company: &Company, member: MemberId) -> String {
    let by = company.person(house, member).await.actor.referrer().unwrap();
    let command = SubmitReferral {
        company: CompanyName::parse("Ravensteiner Hydraulik GmbH").unwrap(),
        country: Country::DE,
        role: RoleTitle::parse("Leitung Einkauf").unwrap(),
        reason: Reason::parse("Drei Schichten, viele kleine Lose").unwrap(),
        answers: Default::default(),
        channel: Channel::Mail,
        incentive: None,
        organisation: None,
        key: "form".to_owned(),
    };
    let id = submit(&house.ctx, &by, command).await.unwrap();
    carried_link_token(&house.ctx, id)
}

/// The token of the confirmation link in the newest mail to this address.
pub(crate) fn confirm_token(house: &TestHouse, to: &str) -> String {
    let mail = house.mails.sent().into_iter().rev().find(|mail| mail.to == to).unwrap();
    let rest = mail.text.split("/confirm/").nth(1).unwrap();
    rest.split_whitespace().next().unwrap().to_owned()
}

/// Fills in the form, and agrees. Answers confirmation and page tokens.
pub(crate) async fn agreed(house: &TestHouse, origin: &Origin, email: &str, key: &str) -> (String, String) {
    assert_eq!(submit_entry(&house.ctx, origin, &entry(email, key)).await.unwrap(), Answer::MailSent);
    house.run_jobs().await;
    let token = confirm_token(house, email);
    let page = give(&house.ctx, &token, Language::German).await.unwrap();
    (token, page)
}

async fn page(house: &TestHouse, token: &str) -> MyPage {
    my_page(&house.ctx, token).await.unwrap().unwrap()
}

pub(crate) fn mails_to(house: &TestHouse, to: &str) -> usize {
    house.mails.sent().iter().filter(|mail| mail.to == to).count()
}

#[tokio::test]
async fn own_share_only_the_button_behind_the_mail_gives_consent() {
    for house in TestHouse::all().await {
        let company = Company::on(&house).await;
        let origin = link_of(&house, &company, company.anna).await;
        let answer = submit_entry(&house.ctx, &origin, &entry(MAIL, "one")).await.unwrap();
        assert_eq!(answer, Answer::MailSent);
        house.run_jobs().await;
        assert_eq!(mails_to(&house, MAIL), 1);
        let mail = house.mails.sent().pop().unwrap();
        assert!(!mail.text.contains("Jens"), "nothing that was typed stands in the mail");

        let token = confirm_token(&house, MAIL);
        // A scanner opens the link as often as it likes.
        for _ in 0..3 {
            assert!(matches!(
                confirmation(&house.ctx, &token).await.unwrap(),
                Some(Confirmation::Open { .. })
            ));
        }
        house.clock.advance(TimeDelta::minutes(5));
        let page_token = give(&house.ctx, &token, Language::German).await.unwrap();
        let mine = page(&house, &page_token).await;
        assert_eq!(mine.contact.consent, ConsentState::Given);
        assert_eq!(mine.referral.facts.consent, ConsentState::Given);
        assert_eq!(mine.referral.facts.advocate, company.anna);
        assert_eq!(mine.referral.domain.as_deref(), Some("ravensteiner.de"));

        // The proof: who said what, when, to which words, where.
        let said: Vec<_> = mine.steps.iter().map(|step| (step.state, step.channel)).collect();
        assert_eq!(
            said,
            [
                (ConsentState::Awaiting, ConsentChannel::LandingPage),
                (ConsentState::Given, ConsentChannel::ConfirmationMail)
            ]
        );
        assert!(mine.steps[0].wording.starts_with("I agree that Halvern"), "in the language they read");
        assert!(mine.steps[1].wording.contains("Anna Berger"));
        assert_eq!(mine.steps[1].wording_version, 1);
        assert_eq!(mine.steps[1].disclosure, mine.referral.facts.terms.disclosure);

        // Pressed again, and opened again: the same page.
        assert_eq!(give(&house.ctx, &token, Language::German).await.unwrap(), page_token);
        assert!(matches!(confirmation(&house.ctx, &token).await.unwrap(), Some(Confirmation::Done { .. })));
        let events = house.ctx.store.referrals().events(mine.referral.facts.id).await.unwrap();
        let given =
            events.iter().filter(|event| matches!(event.kind, EventKind::ConsentChanged { .. })).count();
        assert_eq!(given, 1);
        assert!(give(&house.ctx, "guess", Language::German).await.is_err());
        assert!(my_page(&house.ctx, "guess").await.unwrap().is_none());
        house.close().await;
    }
}

#[tokio::test]
async fn the_same_form_sent_twice_is_one_referral_also_at_once() {
    for house in TestHouse::all().await {
        let company = Company::on(&house).await;
        let origin = link_of(&house, &company, company.anna).await;
        let form = entry(MAIL, "one");
        let sent = tokio::join!(
            submit_entry(&house.ctx, &origin, &form),
            submit_entry(&house.ctx, &origin, &form),
            submit_entry(&house.ctx, &origin, &form),
        );
        for answer in [sent.0, sent.1, sent.2] {
            assert_eq!(answer.unwrap(), Answer::MailSent);
        }
        assert_eq!(submit_entry(&house.ctx, &origin, &form).await.unwrap(), Answer::MailSent);
        house.run_jobs().await;
        let [contacts, _, referrals, claims, ..] = traces(&house.ctx.store).await;
        assert_eq!((contacts, referrals, claims), (1, 1, 1));
        assert_eq!(mails_to(&house, MAIL), 1);
        house.close().await;
    }
}

#[tokio::test]
async fn the_neutral_answer_is_the_same_everywhere_and_stores_nothing() {
    for house in TestHouse::all().await {
        let company = Company::on(&house).await;
        let anna = link_of(&house, &company, company.anna).await;
        let ben = link_of(&house, &company, company.ben).await;
        // Ben was first with Ravensteiner, and somebody of Sperre GmbH has objected.
        agreed(&house, &ben, "erste@ravensteiner.de", "ben").await;
        let (_, sperre) = agreed(&house, &ben, "nie@sperre.de", "sperre").await;
        object(&house.ctx, &sperre).await.unwrap();
        house.run_jobs().await;
        let before = traces(&house.ctx.store).await;
        let typed =
            ["Quendelbert Unikat", "Zirbelquast Werke", "Leitung Zaunwolle", "33221144", "donnerstags kurz"];
        for (number, email) in [
            "wer@kundin.de",          // a customer
            "wer@mail.offen.de",      // an open deal, by the registrable domain
            "nie@sperre.de",          // objected
            "zweite@ravensteiner.de", // another advocate's claim
            "kollege@muehlenau.de",   // a colleague
            "anna@muehlenau.de",      // the advocate
        ]
        .into_iter()
        .enumerate()
        {
            let form = Entry {
                name: PersonName::parse(typed[0]).unwrap(),
                company: CompanyName::parse(typed[1]).ok(),
                role: RoleTitle::parse(typed[2]).ok(),
                phone: Phone::parse(&format!("+49 30 {}", typed[3])).ok(),
                best_time: BestTime::parse(typed[4]).ok(),
                ..entry(email, &format!("key-of-form-{number}"))
            };
            let answer = submit_entry(&house.ctx, &anna, &form).await.unwrap();
            assert_eq!(answer, Answer::Neutral, "{email}");
            assert_eq!(traces(&house.ctx.store).await, before, "{email}");
            house.run_jobs().await;
            assert_eq!(mails_to(&house, email), usize::from(email == "nie@sperre.de"), "{email}");
            let known = ["nie@sperre.de", "anna@muehlenau.de"];
            let address = (!known.contains(&email)).then_some(email);
            for word in typed.into_iter().chain(address).chain(["key-of-form"]) {
                assert_eq!(places_of(&house.ctx.store, word).await, [""; 0], "{word}, {email}");
            }
        }
        // Where something is kept, it is found.
        let kept = Entry { name: PersonName::parse(typed[0]).unwrap(), ..entry("neu@frei.de", "kept") };
        assert_eq!(submit_entry(&house.ctx, &anna, &kept).await.unwrap(), Answer::MailSent);
        assert_eq!(places_of(&house.ctx.store, typed[0]).await, ["contacts.name"]);
        // The second advocate gets an assist, one however often it is tried, and nobody is said to have been entered.
        let store = &house.ctx.store;
        assert_eq!(rows(store, "assists").await, 1);
        let answer =
            submit_entry(&house.ctx, &anna, &entry("dritte@ravensteiner.de", "again")).await.unwrap();
        assert_eq!((answer, rows(store, "assists").await), (Answer::Neutral, 1));
        // The count of the day is all: the audit log would know the second.
        assert_eq!(audited(store, "consent.neutral_answer").await, 0);
        house.close().await;
    }
}

#[tokio::test]
async fn a_private_address_of_a_member_is_their_company() {
    for house in TestHouse::all().await {
        let company = Company::on(&house).await;
        Company::member(&house, company.annas_account, "Karl Amsel", "karl.amsel@gmx.de").await;
        let origin = link_of(&house, &company, company.anna).await;
        let answer = submit_entry(&house.ctx, &origin, &entry("karl.amsel@gmx.de", "a")).await.unwrap();
        assert_eq!(answer, Answer::Neutral);
        // Other people with such an address are taken, without a claim on anybody's company.
        let answer = submit_entry(&house.ctx, &origin, &entry("frei@gmx.de", "b")).await.unwrap();
        assert_eq!(answer, Answer::MailSent);
        assert_eq!(traces(&house.ctx.store).await[3], 0);
        house.close().await;
    }
}

#[tokio::test]
async fn a_colleague_joins_and_one_no_does_not_end_it() {
    for house in TestHouse::all().await {
        let company = Company::on(&house).await;
        let origin = link_of(&house, &company, company.anna).await;
        let (_, first) = agreed(&house, &origin, MAIL, "one").await;
        let (_, second) = agreed(&house, &origin, "mara@ravensteiner.de", "two").await;
        let referral = page(&house, &first).await.referral.facts.id;
        assert_eq!(page(&house, &second).await.referral.facts.id, referral, "one open referral per company");

        withdraw(&house.ctx, &second, Language::German).await.unwrap();
        let after = page(&house, &first).await.referral.facts;
        assert_eq!((after.consent, after.position.stage()), (ConsentState::Given, Stage::Submitted));
        withdraw(&house.ctx, &first, Language::German).await.unwrap();
        withdraw(&house.ctx, &first, Language::German).await.unwrap();
        let after = page(&house, &first).await.referral.facts;
        assert_eq!((after.consent, after.position.stage()), (ConsentState::Withdrawn, Stage::Declined));

        // After the days that are promised nothing says any more who they were; what they agreed to stays.
        house.clock.advance(TimeDelta::days(14));
        house.run_jobs().await;
        assert!(my_page(&house.ctx, &first).await.unwrap().is_none());
        let [contacts, consents, ..] = traces(&house.ctx.store).await;
        assert_eq!((contacts, consents), (2, 6));
        assert!(house.ctx.store.consent().contacts_of(referral).await.unwrap().is_empty());
        house.close().await;
    }
}

#[tokio::test]
async fn carried_links_ask_the_same_and_write_to_nobody_before() {
    for house in TestHouse::all().await {
        let company = Company::on(&house).await;
        let token = carried_referral(&house, &company, company.anna).await;
        house.run_jobs().await;
        assert!(house.mails.sent().iter().all(|mail| !mail.to.contains("ravensteiner")));
        let origin = Origin::CarriedLink { token: token.clone() };
        let (_, mine) = agreed(&house, &origin, MAIL, "form").await;
        let shown = page(&house, &mine).await;
        assert_eq!(shown.referral.facts.consent, ConsentState::Given);
        assert_eq!(shown.referral.domain.as_deref(), Some("ravensteiner.de"));
        assert_eq!(traces(&house.ctx.store).await[2], 1, "the contact joins the referral that is there");
        // Once somebody has answered, the link in another hand can't refuse for them.
        assert!(refuse_carried(&house.ctx, &token).await.is_err());
        let wrong = Origin::CarriedLink { token: "guess".into() };
        let error = submit_entry(&house.ctx, &wrong, &entry(MAIL, "x")).await.unwrap_err();
        assert!(matches!(error, SubmitEntryError::Gone));
        house.close().await;
    }
}

#[tokio::test]
async fn a_carried_link_can_be_refused_before_anything_is_entered() {
    for house in TestHouse::all().await {
        let company = Company::on(&house).await;
        let token = carried_referral(&house, &company, company.anna).await;
        refuse_carried(&house.ctx, &token).await.unwrap();
        assert!(refuse_carried(&house.ctx, &token).await.is_err());
        let origin = Origin::CarriedLink { token: token.clone() };
        assert!(submit_entry(&house.ctx, &origin, &entry(MAIL, "x")).await.is_err());
        let id = house
            .ctx
            .store
            .referrals()
            .by_share_token_hash(&house.ctx.secret.hash("carried-link", &token))
            .await
            .unwrap();
        let stored = house.ctx.store.referrals().load(id.unwrap()).await.unwrap().unwrap();
        assert_eq!(stored.facts.position.stage(), Stage::Declined);
        assert_eq!((stored.role_title.as_str(), stored.reason.as_str()), ("", ""));
        house.close().await;
    }
}

#[tokio::test]
async fn a_no_leaves_a_hash_and_closes_every_way_in() {
    for house in TestHouse::all().await {
        let company = Company::on(&house).await;
        let anna = link_of(&house, &company, company.anna).await;
        submit_entry(&house.ctx, &anna, &entry(MAIL, "one")).await.unwrap();
        house.run_jobs().await;
        let token = confirm_token(&house, MAIL);
        refuse(&house.ctx, &token).await.unwrap();
        house.run_jobs().await;
        let store = &house.ctx.store;
        assert_eq!(store.consent().counts().await.unwrap(), (0, 1));
        let [contacts, consents, ..] = traces(store).await;
        assert_eq!((contacts, consents), (0, 0));
        assert!(confirmation(&house.ctx, &token).await.unwrap().is_none());
        assert!(matches!(give(&house.ctx, &token, Language::German).await, Err(AnswerError::Gone)));

        // The company is free again, this person is not: by either advocate's link, and by a carried one.
        let ben = link_of(&house, &company, company.ben).await;
        let carried = Origin::CarriedLink { token: carried_referral(&house, &company, company.ben).await };
        for (key, origin) in [("a", &anna), ("b", &ben), ("c", &carried)] {
            let answer = submit_entry(&house.ctx, origin, &entry(MAIL, key)).await.unwrap();
            assert_eq!(answer, Answer::Neutral, "{key}");
        }
        house.run_jobs().await;
        assert_eq!(mails_to(&house, MAIL), 1, "the one they were sent before they said no");
        let answer = submit_entry(&house.ctx, &ben, &entry("mara@ravensteiner.de", "d")).await.unwrap();
        assert_eq!(answer, Answer::MailSent);
        house.close().await;
    }
}

#[tokio::test]
async fn who_fills_in_the_form_again_gets_the_mail_again_and_is_taken_at_their_last_word() {
    for house in TestHouse::all().await {
        let company = Company::on(&house).await;
        let ctx = &house.ctx;
        let own = link_of(&house, &company, company.anna).await;
        let token = carried_referral(&house, &company, company.ben).await;
        for (origin, email) in [(own, MAIL), (Origin::CarriedLink { token }, "udo@andere.example")] {
            submit_entry(ctx, &origin, &entry(email, email)).await.unwrap();
            let again = Entry {
                name: PersonName::parse("Jens A. Lund").unwrap(),
                preferred: PreferredChannel::Video,
                shows_steps: true,
                ..entry(email, &format!("{email}-again"))
            };
            let (first, second) =
                tokio::join!(submit_entry(ctx, &origin, &again), submit_entry(ctx, &origin, &again),);
            assert_eq!((first.unwrap(), second.unwrap()), (Answer::MailSent, Answer::MailSent));
            house.run_jobs().await;
            assert_eq!(mails_to(&house, email), 2, "one for each form, however often it is pressed");
            let mine = give(ctx, &confirm_token(&house, email), Language::German).await.unwrap();
            let shown = page(&house, &mine).await;
            assert_eq!(shown.contact.name, "Jens A. Lund");
            assert_eq!(shown.contact.preferred, PreferredChannel::Video);
            assert_eq!(shown.steps.len(), 3, "each time they read the words");
            // Who has agreed corrects on their page; the form says nothing any more.
            submit_entry(ctx, &origin, &entry(email, &format!("{email}-late"))).await.unwrap();
            house.run_jobs().await;
            assert_eq!(mails_to(&house, email), 2);
            assert_eq!(page(&house, &mine).await.contact.name, "Jens A. Lund");
        }
        house.close().await;
    }
}

#[tokio::test]
async fn a_no_is_the_persons_and_ends_every_referral_they_stand_in() {
    for house in TestHouse::all().await {
        let company = Company::on(&house).await;
        let ctx = &house.ctx;
        let (anna, ben) =
            (link_of(&house, &company, company.anna).await, link_of(&house, &company, company.ben).await);
        // A private address claims no company: the same person stands in two referrals, of two advocates.
        const PRIVATE: &str = "jens.lund@gmx.de";
        for (said, refused) in [("objected", false), ("refused", true)] {
            let email = format!("{said}.{PRIVATE}");
            let (_, first) = agreed(&house, &anna, &email, said).await;
            let first_referral = page(&house, &first).await.referral.facts.id;
            let action = if refused { "consent.refuse" } else { "consent.object" };
            if refused {
                submit_entry(ctx, &ben, &entry(&email, said)).await.unwrap();
                house.run_jobs().await;
                refuse(ctx, &confirm_token(&house, &email)).await.unwrap();
            } else {
                let (_, second) = agreed(&house, &ben, &email, said).await;
                object(ctx, &second).await.unwrap();
            }
            assert!(my_page(ctx, &first).await.unwrap().is_none(), "{said}: the other page is gone too");
            let stored = ctx.store.referrals().load(first_referral).await.unwrap().unwrap();
            assert_eq!(stored.facts.consent, ConsentState::Withdrawn, "{said}");
            assert_eq!(stored.facts.position.stage(), Stage::Declined);
            assert_eq!(audited(&ctx.store, action).await, 2, "a line of each referral");
        }
        assert_eq!(ctx.store.consent().counts().await.unwrap(), (0, 2));
        assert_eq!(traces(&ctx.store).await[..2], [0, 0]);
        house.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_colleagues_who_leave_at_once_the_second_ends_the_referral() {
    for house in TestHouse::all().await {
        let company = Company::on(&house).await;
        let origin = link_of(&house, &company, company.anna).await;
        for round in 0..6 {
            let firm = format!("firma-{round}.de");
            let (_, first) = agreed(&house, &origin, &format!("jens@{firm}"), &format!("a{round}")).await;
            let (_, second) = agreed(&house, &origin, &format!("mara@{firm}"), &format!("b{round}")).await;
            let referral = page(&house, &first).await.referral.facts.id;
            let leave = |token: String, erases: bool| {
                let ctx = house.ctx.clone();
                tokio::spawn(async move {
                    if erases {
                        erase(&ctx, &token).await
                    } else {
                        withdraw(&ctx, &token, Language::German).await
                    }
                })
            };
            let both = [leave(first, false), leave(second, round % 2 == 0)];
            for one in both {
                one.await.unwrap().unwrap();
            }
            let stored = house.ctx.store.referrals().load(referral).await.unwrap().unwrap();
            assert_eq!(stored.facts.consent, ConsentState::Withdrawn, "round {round}");
        }
        house.close().await;
    }
}

#[tokio::test]
async fn what_nobody_confirms_is_gone_after_14_days() {
    for house in TestHouse::all().await {
        let company = Company::on(&house).await;
        let origin = link_of(&house, &company, company.anna).await;
        submit_entry(&house.ctx, &origin, &entry(MAIL, "one")).await.unwrap();
        house.run_jobs().await;
        let token = confirm_token(&house, MAIL);
        house.clock.advance(TimeDelta::days(14) - TimeDelta::seconds(1));
        house.run_jobs().await;
        assert_eq!(traces(&house.ctx.store).await[0], 1);
        house.clock.advance(TimeDelta::seconds(1));
        house.run_jobs().await;
        let [contacts, consents, referrals, claims, mails, _] = traces(&house.ctx.store).await;
        assert_eq!((contacts, consents, referrals, claims), (0, 0, 1, 0));
        // What is left are the team's thanks to the advocate, and the note that it came to nothing.
        assert_eq!(mails, 2);
        assert!(matches!(give(&house.ctx, &token, Language::German).await, Err(AnswerError::Gone)));
        // They may start again, and nothing of the first time stands in the way.
        let (_, mine) = agreed(&house, &origin, MAIL, "two").await;
        house.clock.advance(TimeDelta::days(15));
        house.run_jobs().await;
        assert_eq!(page(&house, &mine).await.contact.name, "Jens Lund", "who has confirmed stays");
        house.close().await;
    }
}

#[tokio::test]
async fn the_private_page_corrects_and_erases() {
    for house in TestHouse::all().await {
        let company = Company::on(&house).await;
        let origin = link_of(&house, &company, company.anna).await;
        let (_, mine) = agreed(&house, &origin, MAIL, "one").await;
        let change = |name: &str, version| Correct {
            name: PersonName::parse(name).unwrap(),
            role: None,
            phone: None,
            recipient_kind: RecipientKind::PublicBody,
            best_time: None,
            preferred: PreferredChannel::Video,
            language: Language::English,
            shows_steps: false,
            version,
        };
        correct(&house.ctx, &mine, change("Jens A. Lund", 0)).await.unwrap();
        let stale = correct(&house.ctx, &mine, change("Jens B. Lund", 0)).await.unwrap_err();
        assert!(matches!(stale, MyPageError::Stale));
        let shown = page(&house, &mine).await;
        assert_eq!(
            (shown.contact.name.as_str(), shown.contact.role_title.as_deref()),
            ("Jens A. Lund", None)
        );

        erase(&house.ctx, &mine).await.unwrap();
        assert!(matches!(erase(&house.ctx, &mine).await, Err(MyPageError::Gone)));
        let referral = house.ctx.store.referrals().load(shown.referral.facts.id).await.unwrap().unwrap();
        assert_eq!(referral.facts.consent, ConsentState::Withdrawn);
        assert_eq!(referral.role_title, "");
        assert!(house.ctx.store.consent().contacts_of(referral.facts.id).await.unwrap().is_empty());
        assert_eq!(house.ctx.store.consent().counts().await.unwrap(), (1, 0), "an empty row with its proof");
        // Erased is not blocked.
        let answer = submit_entry(&house.ctx, &origin, &entry(MAIL, "two")).await.unwrap();
        assert_eq!(answer, Answer::MailSent);
        house.close().await;
    }
}

#[tokio::test]
async fn steps_are_shown_only_while_everybody_who_agreed_allows_it() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let company = Company::on(&house).await;
        let anna = company.person(&house, company.anna).await.actor.referrer().unwrap();
        let origin = link_of(&house, &company, company.anna).await;
        let allowing = Entry { shows_steps: true, ..entry(MAIL, "one") };
        submit_entry(ctx, &origin, &allowing).await.unwrap();
        house.run_jobs().await;
        let id = ctx.store.referrals().of_advocate(company.anna, None, 9).await.unwrap()[0].id;
        let shown = async || detail_for_advocate(ctx, &anna, id).await.unwrap().unwrap().steps;
        assert!(!shown().await, "ticked is not agreed");
        let mine = give(ctx, &confirm_token(&house, MAIL), Language::German).await.unwrap();
        assert!(shown().await);
        for step in page(&house, &mine).await.steps {
            let said =
                step.wording.contains("I allow Anna") || step.wording.contains("Ich erlaube, dass Anna");
            assert!(said, "part of the words that are kept: {}", step.wording);
        }
        // A colleague has agreed too, and allows nothing.
        let (_, colleague) = agreed(&house, &origin, "mara@ravensteiner.de", "two").await;
        assert!(!shown().await);
        let contact = page(&house, &colleague).await.contact;
        let allow = Correct {
            name: PersonName::parse(&contact.name).unwrap(),
            role: None,
            phone: None,
            recipient_kind: contact.recipient_kind,
            preferred: contact.preferred,
            best_time: None,
            language: contact.language,
            shows_steps: true,
            version: contact.version,
        };
        correct(ctx, &colleague, allow.clone()).await.unwrap();
        assert!(shown().await);
        let version = allow.version + 1;
        correct(ctx, &colleague, Correct { shows_steps: false, version, ..allow }).await.unwrap();
        assert!(!shown().await, "at once");
        withdraw(ctx, &colleague, Language::German).await.unwrap();
        assert!(shown().await, "who has taken their consent back is asked no more");
        withdraw(ctx, &mine, Language::German).await.unwrap();
        assert!(!shown().await, "every end looks like every other");
        house.close().await;
    }
}

#[tokio::test]
async fn forms_are_throttled_by_source_and_mails_by_address() {
    for house in TestHouse::all().await {
        let company = Company::on(&house).await;
        let origin = link_of(&house, &company, company.anna).await;
        for number in 0..5 {
            let (_, mine) = match submit_entry(&house.ctx, &origin, &entry(MAIL, &format!("{number}"))).await
            {
                Ok(Answer::MailSent) if number < 3 => {
                    house.run_jobs().await;
                    let token = confirm_token(&house, MAIL);
                    ((), give(&house.ctx, &token, Language::German).await.unwrap())
                }
                answer => {
                    assert_eq!(answer.unwrap(), Answer::MailSent, "nobody learns that no mail is sent");
                    continue;
                }
            };
            erase(&house.ctx, &mine).await.unwrap();
        }
        house.run_jobs().await;
        assert_eq!(mails_to(&house, MAIL), 3);
        let mut last = Ok(Answer::Neutral);
        for number in 0..20 {
            last = submit_entry(&house.ctx, &origin, &entry("wer@kundin.de", &format!("n{number}"))).await;
        }
        assert!(matches!(last, Err(SubmitEntryError::Throttled)));
        house.close().await;
    }
}
