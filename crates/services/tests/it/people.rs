//! People: who may do what to whom, letters, stale edits, the permission record.

use chrono::TimeDelta;
use domain::{
    accounts::{AccountStatus, GiftPolicy, RecipientKind, WorkDomain},
    consent::{Basis, Channel},
    ids::{AccountId, MemberId},
    members::{Actor, Duties, Role, RoleSet},
    text::{CompanyName, Country, EmailAddress, Language, PersonName},
};
use services::{
    Ctx,
    accounts::{self, AccountCommand, AccountError, AccountFields},
    members::{self, Invite, JoinError, PeopleError, PeopleFilter, PersonChange, RecordPermission, Sender},
    testing::TestHouse,
};

/// Somebody with this one role, in the database and as an actor.
pub(crate) async fn with_role(ctx: &Ctx, role: Role, account: Option<AccountId>) -> Actor {
    let id: MemberId = ctx.new_id();
    let roles = RoleSet::EMPTY.with(role);
    let tx = ctx.store.begin().await.unwrap();
    let new = store::members::NewMember {
        id,
        account,
        name: PersonName::parse("Mia Amt").unwrap(),
        email: EmailAddress::parse(&format!("{}@halvern.example", id)).unwrap(),
        language: Language::German,
        roles,
        created_at: ctx.now(),
    };
    tx.members().insert(&new).await.unwrap();
    tx.commit().await.unwrap();
    Actor { member: id, account, roles }
}

fn company(name: &str, domain: &str) -> AccountCommand {
    AccountCommand {
        fields: AccountFields {
            name: CompanyName::parse(name).unwrap(),
            country: Country::DE,
            industry: None,
            recipient_kind: RecipientKind::PrivateCompany,
            status: AccountStatus::Customer,
            customer_since: None,
            gift_policy: GiftPolicy::Any,
        },
        domains: vec![WorkDomain::parse(domain).unwrap()],
        manager: None,
    }
}

fn invitee(account: Option<AccountId>, email: &str, role: Role) -> Invite {
    Invite {
        account,
        name: PersonName::parse("Anna Berger").unwrap(),
        email: EmailAddress::parse(email).unwrap(),
        language: Language::German,
        roles: RoleSet::EMPTY.with(role),
    }
}

async fn invite(ctx: &Ctx, actor: &Actor, who: Invite) -> Result<MemberId, PeopleError> {
    let inviting = actor.inviting().ok_or(PeopleError::NotAllowed)?;
    members::invite(ctx, inviting, actor.administering(), who).await
}

#[tokio::test]
async fn each_role_invites_whom_the_table_says() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let administrator = with_role(ctx, Role::Administrator, None).await;
        let account = accounts::add(
            ctx,
            administrator.inviting().unwrap(),
            company("Mühlenau GmbH", "muehlenau.example"),
        )
        .await
        .unwrap();
        for (number, role) in Role::ALL.iter().copied().enumerate() {
            let own = (!role.is_staff()).then_some(account);
            let actor = with_role(ctx, role, own).await;
            let advocate = invite(
                ctx,
                &actor,
                invitee(Some(account), &format!("a{number}@muehlenau.example"), Role::Advocate),
            );
            let may_invite = matches!(role, Role::Marketing | Role::Administrator);
            assert_eq!(advocate.await.is_ok(), may_invite, "{role} invites an advocate");
            let colleague =
                invite(ctx, &actor, invitee(None, &format!("b{number}@halvern.example"), Role::Marketing));
            assert_eq!(colleague.await.is_ok(), role == Role::Administrator, "{role} invites staff");
            let sees = members::people(ctx, &actor, &PeopleFilter::default(), 10).await.unwrap().is_some();
            let staff = matches!(role, Role::AccountManager | Role::Marketing | Role::Administrator);
            assert_eq!(sees, staff, "{role} sees people");
            assert_eq!(members::person(ctx, &actor, actor.member).await.unwrap().is_some(), staff, "{role}");
            assert_eq!(accounts::account(ctx, &actor, account).await.unwrap().is_some(), staff, "{role}");
        }
        house.close().await;
    }
}

#[tokio::test]
async fn roles_and_companies_fit_together() {
    let house = TestHouse::sqlite().await;
    let ctx = &house.ctx;
    let admin = with_role(ctx, Role::Administrator, None).await;
    let account =
        accounts::add(ctx, admin.inviting().unwrap(), company("A GmbH", "a-firma.de")).await.unwrap();
    let refused = invite(ctx, &admin, invitee(None, "x@a-firma.de", Role::Advocate)).await.unwrap_err();
    assert!(matches!(refused, PeopleError::AdvocateNeedsAccount));
    let refused =
        invite(ctx, &admin, invitee(Some(account), "x@a-firma.de", Role::Marketing)).await.unwrap_err();
    assert!(matches!(refused, PeopleError::StaffHasNoAccount));
    let anna = invite(ctx, &admin, invitee(Some(account), "x@a-firma.de", Role::Advocate)).await.unwrap();
    let twice =
        invite(ctx, &admin, invitee(Some(account), "X@a-firma.de", Role::Advocate)).await.unwrap_err();
    assert!(matches!(twice, PeopleError::Taken));
    let power = admin.administering().unwrap();
    let promoted = members::change_roles(ctx, power, anna, RoleSet::EMPTY.with(Role::Administrator), 0).await;
    assert!(matches!(promoted.unwrap_err(), PeopleError::StaffHasNoAccount));
    house.close().await;
}

#[tokio::test]
async fn a_letter_works_once_for_thirty_days_and_tells_nothing() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let admin = with_role(ctx, Role::Administrator, None).await;
        let (inviting, power) = (admin.inviting().unwrap(), admin.administering());
        let account = accounts::add(ctx, inviting, company("A GmbH", "a-firma.de")).await.unwrap();
        let anna =
            invite(ctx, &admin, invitee(Some(account), "anna@a-firma.de", Role::Advocate)).await.unwrap();
        let letter =
            members::invitation(ctx, &Sender::Inviting(inviting, power), anna).await.unwrap().unwrap();
        assert_eq!(letter.code.len(), 14);

        members::renew_invitation(ctx, inviting, power, anna).await.unwrap();
        let newer =
            members::invitation(ctx, &Sender::Inviting(inviting, power), anna).await.unwrap().unwrap();
        assert_ne!(newer.code, letter.code);
        let old = members::join(ctx, &letter.code, "192.0.2.1").await.unwrap_err();
        let wrong = members::join(ctx, "0000-0000-0000", "192.0.2.1").await.unwrap_err();
        assert_eq!(old.to_string(), wrong.to_string(), "a replaced code looks like one that never was");

        let typed = newer.code.to_lowercase().replace('-', " ");
        assert_eq!(members::join(ctx, &typed, "192.0.2.1").await.unwrap(), anna);
        assert!(members::join(ctx, &newer.code, "192.0.2.1").await.is_err(), "once");
        let again = members::renew_invitation(ctx, inviting, power, anna).await.unwrap_err();
        assert!(matches!(again, PeopleError::JoinedAlready), "no second key for somebody who is in");

        let ben =
            invite(ctx, &admin, invitee(Some(account), "ben@a-firma.de", Role::Advocate)).await.unwrap();
        let letter =
            members::invitation(ctx, &Sender::Inviting(inviting, power), ben).await.unwrap().unwrap();
        house.clock.advance(TimeDelta::days(31));
        assert!(members::join(ctx, &letter.code, "192.0.2.1").await.is_err(), "lapsed");
        assert!(members::invitation(ctx, &Sender::Inviting(inviting, power), ben).await.unwrap().is_none());

        for _ in 0..19 {
            assert!(matches!(members::join(ctx, "x", "192.0.2.1").await, Err(JoinError::UnknownCode)));
        }
        assert!(matches!(members::join(ctx, "x", "192.0.2.1").await, Err(JoinError::Throttled)));
        assert!(matches!(members::join(ctx, "x", "192.0.2.2").await, Err(JoinError::UnknownCode)));
        assert!(house.mails.sent().is_empty(), "an invitation sends nothing");
        house.close().await;
    }
}

#[tokio::test]
async fn marketing_prints_no_key_to_staff() {
    let house = TestHouse::sqlite().await;
    let ctx = &house.ctx;
    let admin = with_role(ctx, Role::Administrator, None).await;
    let marketing = with_role(ctx, Role::Marketing, None).await;
    let colleague =
        invite(ctx, &admin, invitee(None, "c@halvern.example", Role::Administrator)).await.unwrap();
    let inviting = marketing.inviting().unwrap();
    assert!(members::invitation(ctx, &Sender::Inviting(inviting, None), colleague).await.unwrap().is_none());
    let renewed = members::renew_invitation(ctx, inviting, None, colleague).await.unwrap_err();
    assert!(matches!(renewed, PeopleError::NotAllowed));
    house.close().await;
}

#[tokio::test]
async fn somebody_stays_at_the_helm() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let first = with_role(ctx, Role::Administrator, None).await;
        let power = first.administering().unwrap();
        let lesser = RoleSet::EMPTY.with(Role::Marketing);
        let last = members::change_roles(ctx, power, first.member, lesser, 0).await.unwrap_err();
        assert!(matches!(last, PeopleError::LastAdministrator));
        let own = members::set_access(ctx, power, first.member, false).await.unwrap_err();
        assert!(matches!(own, PeopleError::NotYourself));

        let second = with_role(ctx, Role::Administrator, None).await;
        members::change_roles(ctx, power, first.member, lesser, 0).await.unwrap();
        let last = members::set_access(ctx, power, second.member, false).await.unwrap_err();
        assert!(matches!(last, PeopleError::LastAdministrator));
        house.close().await;
    }
}

#[tokio::test]
async fn ended_access_ends_sessions_and_codes() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let admin = with_role(ctx, Role::Administrator, None).await;
        let power = admin.administering().unwrap();
        let other = invite(ctx, &admin, invitee(None, "o@halvern.example", Role::Marketing)).await.unwrap();
        let letter =
            members::invitation(ctx, &Sender::Inviting(admin.inviting().unwrap(), Some(power)), other)
                .await
                .unwrap()
                .unwrap();
        let row = store::sessions::SessionRow {
            key: "s".to_owned(),
            member: Some(other),
            data: "{}".to_owned(),
            expires_at: ctx.now() + TimeDelta::days(1),
        };
        ctx.store.create_session(row.clone(), ctx.now()).await.unwrap();
        members::set_access(ctx, power, other, false).await.unwrap();
        assert!(ctx.store.load_session("s", ctx.now()).await.unwrap().is_none());
        // A page that was on its way when it ended.
        ctx.store.save_session(row).await.unwrap();
        assert!(ctx.store.load_session("s", ctx.now()).await.unwrap().is_none(), "ended is ended");
        assert!(members::join(ctx, &letter.code, "192.0.2.1").await.is_err());
        assert!(ctx.store.members().person(other).await.unwrap().is_none());
        members::set_access(ctx, power, other, true).await.unwrap();
        assert!(ctx.store.members().person(other).await.unwrap().is_some());
        house.close().await;
    }
}

/// Asks for a mail to sign in with; answers the attempt and the code.
async fn asked(house: &TestHouse, mail: &EmailAddress) -> (uuid::Uuid, String) {
    let attempt = members::request_sign_in(&house.ctx, mail, "browser", "192.0.2.1").await.unwrap();
    house.run_jobs().await;
    let subject = house.mails.sent().pop().unwrap().subject;
    (attempt, subject.chars().filter(char::is_ascii_digit).collect())
}

#[tokio::test]
async fn a_letter_is_no_second_key_to_somebody_who_is_in() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let admin = with_role(ctx, Role::Administrator, None).await;
        let (power, inviting) = (admin.administering().unwrap(), admin.inviting().unwrap());
        let sender = Sender::Inviting(inviting, Some(power));
        let mail: EmailAddress = "o@halvern.example".parse().unwrap();
        let other = invite(ctx, &admin, invitee(None, mail.as_str(), Role::Marketing)).await.unwrap();
        let letter = members::invitation(ctx, &sender, other).await.unwrap().unwrap();

        // Another address: neither the letter nor the mail that went to the old one lets anybody in.
        let (attempt, code) = asked(&house, &mail).await;
        let details = ctx.store.members().details(other).await.unwrap().unwrap();
        let moved: EmailAddress = "otto@halvern.example".parse().unwrap();
        let change = PersonChange {
            id: other,
            version: details.version,
            name: "Otto Amt".parse().unwrap(),
            email: moved.clone(),
            language: Language::German,
            deputy: None,
        };
        members::change_person(ctx, power, change).await.unwrap();
        let late = members::sign_in_by_code(ctx, attempt, &code, "browser").await;
        assert!(matches!(late, Err(members::SignInError::Lapsed)), "{late:?}");
        let late = members::join(ctx, &letter.code, "192.0.2.1").await;
        assert!(matches!(late, Err(JoinError::UnknownCode)), "{late:?}");

        // A new letter, whose person comes in by mail instead.
        members::renew_invitation(ctx, inviting, Some(power), other).await.unwrap();
        let letter = members::invitation(ctx, &sender, other).await.unwrap().unwrap();
        let (attempt, code) = asked(&house, &moved).await;
        members::sign_in_by_code(ctx, attempt, &code, "browser").await.unwrap();
        let late = members::join(ctx, &letter.code, "192.0.2.1").await;
        assert!(matches!(late, Err(JoinError::UnknownCode)), "{late:?}");
        house.close().await;
    }
}

#[tokio::test]
async fn the_second_of_two_edits_is_stale() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let admin = with_role(ctx, Role::Administrator, None).await;
        let (power, inviting) = (admin.administering().unwrap(), admin.inviting().unwrap());
        let account = accounts::add(ctx, inviting, company("A GmbH", "a-firma.de")).await.unwrap();
        let id =
            invite(ctx, &admin, invitee(Some(account), "anna@a-firma.de", Role::Advocate)).await.unwrap();
        let change = |name: &str| PersonChange {
            id,
            name: PersonName::parse(name).unwrap(),
            email: EmailAddress::parse("anna@a-firma.de").unwrap(),
            language: Language::English,
            deputy: None,
            version: 0,
        };
        members::change_person(ctx, power, change("Anna Erste")).await.unwrap();
        let late = members::change_person(ctx, power, change("Anna Zweite")).await.unwrap_err();
        assert!(matches!(late, PeopleError::Stale));
        assert_eq!(ctx.store.members().details(id).await.unwrap().unwrap().name.as_str(), "Anna Erste");

        accounts::change(ctx, inviting, account, company("A AG", "a-firma.de"), 0).await.unwrap();
        let late =
            accounts::change(ctx, inviting, account, company("A SE", "a-firma.de"), 0).await.unwrap_err();
        assert!(matches!(late, AccountError::Stale));
        let taken = accounts::add(ctx, inviting, company("B GmbH", "a-firma.de")).await.unwrap_err();
        assert!(matches!(taken, AccountError::DomainTaken));
        house.close().await;
    }
}

#[tokio::test]
async fn lists_are_found_and_turned_page_by_page() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let admin = with_role(ctx, Role::Administrator, None).await;
        let inviting = admin.inviting().unwrap();
        for (number, name) in ["Ägir AG", "Ahorn GmbH", "Zahn & Söhne KG"].into_iter().enumerate() {
            accounts::add(ctx, inviting, company(name, &format!("firma{number}.de"))).await.unwrap();
        }
        let mut filter = accounts::AccountsFilter::default();
        let page = accounts::accounts(ctx, &admin, &filter, 2).await.unwrap().unwrap();
        let names: Vec<_> = page.iter().map(|line| line.name.as_str()).collect();
        assert_eq!(names, ["Ägir AG", "Ahorn GmbH"]);
        filter.after = page.last().map(|line| line.cursor());
        let page = accounts::accounts(ctx, &admin, &filter, 2).await.unwrap().unwrap();
        assert_eq!(page.len(), 1);
        for search in ["soehne", "Söhne", "firma2"] {
            let filter = accounts::AccountsFilter { search: search.to_owned(), ..Default::default() };
            let found = accounts::accounts(ctx, &admin, &filter, 9).await.unwrap().unwrap();
            assert_eq!(found.len(), 1, "{search}");
        }
        let none = accounts::AccountsFilter { search: "100%".to_owned(), ..Default::default() };
        assert!(accounts::accounts(ctx, &admin, &none, 9).await.unwrap().unwrap().is_empty());
        let people =
            PeopleFilter { search: "mia".to_owned(), role: Some(Role::Administrator), ..Default::default() };
        assert_eq!(members::people(ctx, &admin, &people, 9).await.unwrap().unwrap().len(), 1);
        house.close().await;
    }
}

#[tokio::test]
async fn every_advertising_message_needs_a_ground() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let admin = with_role(ctx, Role::Administrator, None).await;
        let member = admin.member;
        let asks = async || members::permit(ctx, member, Channel::Mail).await.unwrap().is_some();
        assert!(!asks().await);
        let record =
            |basis| RecordPermission { member, channel: Channel::Mail, basis, source: "Messe".parse().ok() };
        let by = admin.inviting().unwrap();
        let unproved = RecordPermission { source: None, ..record(Basis::Consent) };
        let refused = members::record_permission(ctx, by, unproved).await;
        assert!(matches!(refused, Err(PeopleError::Source)), "{refused:?}");
        assert!(!asks().await);
        members::record_permission(ctx, by, record(Basis::ExistingCustomer)).await.unwrap();
        assert!(asks().await);
        members::record_objection(ctx, member, member, Channel::Mail).await.unwrap();
        assert!(!asks().await);
        members::record_permission(ctx, by, record(Basis::ExistingCustomer)).await.unwrap();
        assert!(!asks().await, "being a customer does not end an objection");
        members::record_permission(ctx, by, record(Basis::Consent)).await.unwrap();
        assert!(asks().await, "agreeing anew does");
        house.close().await;
    }
}

#[tokio::test]
async fn an_account_manager_hands_over_the_invitations_of_their_own_accounts() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let admin = with_role(ctx, Role::Administrator, None).await;
        let inviting = admin.inviting().unwrap();
        let (manager, other) = (
            with_role(ctx, Role::AccountManager, None).await,
            with_role(ctx, Role::AccountManager, None).await,
        );
        let theirs = AccountCommand { manager: Some(manager.member), ..company("A GmbH", "a-firma.de") };
        let account = accounts::add(ctx, inviting, theirs).await.unwrap();
        let anna =
            invite(ctx, &admin, invitee(Some(account), "anna@a-firma.de", Role::Advocate)).await.unwrap();
        let as_theirs = |actor: &Actor| Sender::of(actor, Duties::default()).unwrap();
        let found = members::invitation(ctx, &as_theirs(&manager), anna).await.unwrap().unwrap();
        assert!(found.by_letter && !found.by_mail, "no ground for a mail is on record");
        assert!(members::invitation(ctx, &as_theirs(&other), anna).await.unwrap().is_none());
        assert!(manager.inviting().is_none(), "they invite nobody and make no new code");

        let record = |channel, basis| RecordPermission {
            member: anna,
            channel,
            basis,
            source: "Vertrag".parse().ok(),
        };
        let bought = record(Channel::Mail, Basis::ExistingCustomer);
        members::record_permission(ctx, inviting, bought).await.unwrap();
        assert!(members::invitation(ctx, &as_theirs(&manager), anna).await.unwrap().unwrap().by_mail);
        members::record_objection(ctx, admin.member, anna, Channel::Mail).await.unwrap();
        let letter = members::invitation(ctx, &as_theirs(&manager), anna).await.unwrap().unwrap();
        assert!(letter.by_letter && !letter.by_mail);
        members::record_objection(ctx, admin.member, anna, Channel::Post).await.unwrap();
        let refused = members::invitation(ctx, &as_theirs(&manager), anna).await.unwrap_err();
        assert!(matches!(refused, PeopleError::Objected));
        assert!(
            Sender::of(&with_role(ctx, Role::Advocate, Some(account)).await, Duties::default()).is_none()
        );
        house.close().await;
    }
}
