//! Customers from files.

use chrono::{NaiveDate, TimeDelta};
use domain::{
    accounts::{AccountStatus, GiftPolicy, RecipientKind, WorkDomain},
    consent::{Basis, Channel},
    members::Role,
    text::{CompanyName, Country, EmailAddress, Language},
};
use services::{
    Ctx,
    accounts::AccountFields,
    imports::{self, ImportError, Importing, Report, import_customers, text::decode},
    members,
    testing::TestHouse,
};

use crate::people::with_role;

async fn import(ctx: &Ctx, text: &str) -> Report {
    import_customers(ctx, text, &Importing::default()).await.unwrap()
}

fn codes(report: &Report) -> Vec<(u64, &str)> {
    report.refused.iter().map(|refused| (refused.line, refused.code.as_str())).collect()
}

const FILE: &str = "Firma;Domains;Land;Status;Ansprechpartner;E-Mail;Sprache;Einwilligung\r\n\
    Mühlenau GmbH;muehlenau.de;DE;Kunde;Anna Berger;anna@muehlenau.de;de;ja\r\n\
    Mühlenau GmbH;;DE;;Ben Öz;ben@muehlenau.de;en;\r\n\
    \"Kestrel; \"\"Antriebe\"\"\nWerk 2\";kestrel.at;Österreich;Interessent;;;;\r\n\
    ;;DE;;;;;\r\n\
    Wiesner;;DE;;Carla;carla@;;\r\n\
    Wiesner;;DE;;Doppelt;anna@muehlenau.de;;\r\n";

#[tokio::test]
async fn a_list_is_read_and_read_again_without_doubles() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let dry = Importing { dry_run: true, ..Importing::default() };
        let seen = import_customers(ctx, FILE, &dry).await.unwrap();
        let report = import(ctx, FILE).await;
        assert_eq!((seen.new_accounts, seen.new_people), (report.new_accounts, report.new_people));
        assert_eq!((report.lines, report.new_accounts, report.new_people), (6, 2, 2));
        assert_eq!(codes(&report), [(6, "line_company"), (7, "line_mail"), (8, "line_duplicate")]);
        assert_eq!(report.refused[1].fields[5], "carla@");

        let again = import(ctx, FILE).await;
        assert_eq!(
            (again.new_accounts, again.new_people, again.changed_accounts, again.changed_people),
            (0, 0, 0, 0)
        );
        assert_eq!(again.unchanged, 3);

        let anna = ctx.store.members().id_by_email(&EmailAddress::parse("anna@muehlenau.de").unwrap()).await;
        let anna = anna.unwrap().unwrap();
        let person = ctx.store.members().details(anna).await.unwrap().unwrap();
        assert_eq!(person.account.as_ref().unwrap().1, "Mühlenau GmbH");
        assert!(person.roles.contains(Role::Advocate));
        let permission = ctx.store.permissions().on(anna, Channel::Mail).await.unwrap().unwrap();
        assert_eq!((permission.basis, permission.objected), (Basis::Consent, false));

        let changed = FILE.replace("Kunde;Anna Berger", "ehemalig;Anna Neu");
        let report = import(ctx, &changed).await;
        assert_eq!((report.changed_accounts, report.changed_people, report.new_people), (1, 1, 0));
        let domain = [WorkDomain::parse("muehlenau.de").unwrap()];
        let account = *ctx.store.accounts().owners_of(&domain).await.unwrap().values().next().unwrap();
        let account = ctx.store.accounts().details(account).await.unwrap().unwrap();
        assert_eq!(account.fields.status, AccountStatus::Former);
        assert!(house.mails.sent().is_empty(), "an import writes to nobody");
        house.close().await;
    }
}

#[tokio::test]
async fn every_column_reaches_what_is_known_about_a_company() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let mut managers = Vec::new();
        for _ in 0..2 {
            let id = with_role(ctx, Role::AccountManager, None).await.member;
            let email = ctx.store.members().details(id).await.unwrap().unwrap().email;
            managers.push((id, email.as_str().to_owned()));
        }
        let domain = WorkDomain::parse("praxis-moser.example").unwrap();
        let taken = async |line: &str| {
            let heading = "company;domains;industry;country;kind;status;customer_since;account_manager";
            let report = import(ctx, &format!("{heading}\n{line}\n")).await;
            assert!(report.refused.is_empty(), "{report:?}");
            let id = ctx.store.accounts().owners_of(std::slice::from_ref(&domain)).await.unwrap();
            ctx.store.accounts().details(*id.values().next().unwrap()).await.unwrap().unwrap()
        };
        let (miriam, deniz) = (&managers[0], &managers[1]);
        let account = taken(&format!(
            "Praxis Moser;praxis-moser.example;86;AT;health_professional;prospect;2019-04-01;{}",
            miriam.1
        ))
        .await;
        let mut fields = AccountFields {
            name: CompanyName::parse("Praxis Moser").unwrap(),
            country: Country::AT,
            industry: Some("86".to_owned()),
            recipient_kind: RecipientKind::HealthProfessional,
            status: AccountStatus::Prospect,
            customer_since: NaiveDate::from_ymd_opt(2019, 4, 1),
            gift_policy: GiftPolicy::Any,
        };
        assert_eq!((&account.fields, account.manager), (&fields, Some(miriam.0)));
        assert_eq!(account.domains, std::slice::from_ref(&domain));

        // What another line says is so from then on; what it leaves empty stays.
        let account = taken(&format!(
            "Praxis Moser;praxis-moser.example;Radiologie;AT;;open_deal;1.5.2020;{}",
            deniz.1
        ))
        .await;
        fields.industry = Some("Radiologie".to_owned());
        fields.status = AccountStatus::OpenDeal;
        fields.customer_since = NaiveDate::from_ymd_opt(2020, 5, 1);
        assert_eq!((&account.fields, account.manager), (&fields, Some(deniz.0)));
        let account = taken("Praxis Moser;praxis-moser.example;;AT;;;;").await;
        assert_eq!((&account.fields, account.manager), (&fields, Some(deniz.0)));
        house.close().await;
    }
}

#[tokio::test]
async fn an_import_never_ends_an_objection_or_takes_people_away() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let admin = with_role(ctx, Role::Administrator, None).await;
        import(ctx, FILE).await;
        let anna = EmailAddress::parse("anna@muehlenau.de").unwrap();
        let anna = ctx.store.members().id_by_email(&anna).await.unwrap().unwrap();
        members::record_objection(ctx, anna, anna, Channel::Mail).await.unwrap();
        import(ctx, FILE).await;
        assert!(ctx.store.permissions().on(anna, Channel::Mail).await.unwrap().unwrap().objected);

        let own = ctx.store.members().details(admin.member).await.unwrap().unwrap().email;
        let hostile = format!(
            "company,country,domain,person,mail\nKestrel,AT,kestrel.at,Anna,anna@muehlenau.de\n\
             Neu,DE,,Anna,anna@gmx.de\nStaff,DE,staff-firma.de,Mia,{own}\nNowhere,DE,muehlenau.de kestrel.at,,\n"
        );
        let report = import(ctx, &hostile).await;
        assert_eq!(
            codes(&report),
            [(2, "line_domain_taken"), (4, "line_own_staff"), (5, "line_domain_taken")],
        );
        assert_eq!(report.new_accounts, 1);
        let moved = "company,country,person,mail\nAnders,DE,Anna,anna@gmx.de\n";
        // A private address says nothing about a company: without a domain the known person keeps theirs.
        assert_eq!(import(ctx, moved).await.new_accounts, 0);
        house.close().await;
    }
}

#[tokio::test]
async fn two_companies_of_one_name_are_not_made_one() {
    const FILE: &str = "company;domains;country;person;mail\n\
        Apotheke am Markt;markt-ulm.example;DE;Anna Berger;anna@markt-ulm.example\n\
        Apotheke am Markt OHG;markt-kiel.example;DE;Ben Öz;ben@markt-kiel.example\n\
        Apotheke am Markt;;DE;Carla Roth;carla@gmx.de\n\
        Apotheke am Markt;markt-bonn.example, markt-ulm.example;DE;;\n";
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let alike = [(3, "line_company_alike")];
        let dry = Importing { dry_run: true, ..Importing::default() };
        assert_eq!(codes(&import_customers(ctx, FILE, &dry).await.unwrap()), alike);
        let report = import(ctx, FILE).await;
        assert_eq!((codes(&report), report.new_accounts, report.new_people), (alike.to_vec(), 1, 2));
        assert_eq!(import(ctx, FILE).await.unchanged, 3);

        // One without domains gets its first by a file.
        let bare = "company;domains;country\nTessenow;;DE\nTessenow AG;tessenow.example;DE\n";
        assert_eq!((import(ctx, bare).await.new_accounts, import(ctx, bare).await.unchanged), (1, 2));

        // Where two have the name, only a domain or somebody known tells which.
        let kiel = FILE.replace("Apotheke am Markt OHG", "Kieler Apotheke");
        assert_eq!(codes(&import(ctx, &kiel).await), []);
        let renamed = "company;domains;country\nApotheke am Markt;markt-kiel.example;DE\n";
        assert_eq!(import(ctx, renamed).await.changed_accounts, 1);
        let unsaid = "company;country;person;mail\nApotheke am Markt;DE;Dora Kern;dora@gmx.de\n\
            Apotheke am Markt;DE;Carla Roth;carla@gmx.de\n";
        for _ in 0..2 {
            let report = import(ctx, unsaid).await;
            assert_eq!((codes(&report), report.unchanged), (vec![(2, "line_company_alike")], 1));
        }
        assert_eq!(store::testing::rows(&ctx.store, "accounts").await, 3);
        house.close().await;
    }
}

#[tokio::test]
async fn a_quote_that_is_not_closed_costs_one_line() {
    for house in TestHouse::all().await {
        let text = "Firma;Notiz;Land\r\nEins;;DE\r\nZwei;\"Zoll 24;DE\r\nDrei;;DE\r\nVier;\"Zoll 12;DE\r\nFünf;;DE\r\n";
        let report = import(&house.ctx, text).await;
        let lost = [(3, "line_unreadable"), (5, "line_unreadable")];
        assert_eq!((codes(&report), report.new_accounts, report.lines), (lost.to_vec(), 3, 5));
        house.close().await;
    }
}

#[tokio::test]
async fn managers_countries_and_mappings() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let manager = with_role(ctx, Role::AccountManager, None).await.member;
        let email = ctx.store.members().details(manager).await.unwrap().unwrap().email;
        let text = format!("Konzern\tBetreuer\nEins\t{email}\nZwei\tMia Amt\nDrei\tNiemand\n");
        let importing = Importing {
            mapping: vec![("Konzern".to_owned(), "company".to_owned())],
            country: Some(Country::CH),
            ..Importing::default()
        };
        let report = import_customers(ctx, &text, &importing).await.unwrap();
        assert_eq!(report.new_accounts, 2);
        assert_eq!(codes(&report), [(4, "line_manager")]);
        let without = import(ctx, "Firma\nVier\n").await;
        assert_eq!(codes(&without), [(2, "line_country_missing")]);
        for nothing in ["", "\n\n", "Vorname;Nachname\n"] {
            let refused = import_customers(ctx, nothing, &Importing::default()).await.unwrap_err();
            assert!(matches!(refused, ImportError::Layout(_)), "{nothing:?}");
        }
        house.close().await;
    }
}

#[tokio::test]
async fn excel_on_a_german_windows_is_understood() {
    let house = TestHouse::sqlite().await;
    let bytes = b"Firma;Land\nM\xFChlenau;DE\n";
    assert_eq!(import(&house.ctx, &decode(bytes)).await.new_accounts, 1);
    assert_eq!(
        import(&house.ctx, &decode(b"\xEF\xBB\xBFFirma;Land\nM\xC3\xBChlenau;DE\n")).await.unchanged,
        1
    );
    house.close().await;
}

#[tokio::test]
async fn a_file_waits_for_its_confirmation() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let admin = with_role(ctx, Role::Administrator, None).await;
        let stranger = with_role(ctx, Role::Administrator, None).await.administering().unwrap();
        let by = admin.administering().unwrap();
        let id = imports::keep(ctx, by, "kunden.csv".to_owned(), FILE, &Importing::default()).await.unwrap();
        assert!(imports::kept(ctx, stranger, id).await.unwrap().is_none(), "somebody else's file is no file");
        assert!(!imports::confirm_kept(ctx, stranger, id).await.unwrap());
        let email = EmailAddress::parse("anna@muehlenau.de").unwrap();
        assert!(
            ctx.store.members().id_by_email(&email).await.unwrap().is_none(),
            "nothing before the confirmation"
        );
        assert!(imports::confirm_kept(ctx, by, id).await.unwrap());
        assert!(ctx.store.members().id_by_email(&email).await.unwrap().is_some());
        let kept = imports::kept(ctx, by, id).await.unwrap().unwrap();
        let imports::Progress::Taken(report) = kept.progress else { panic!("{:?}", kept.progress) };
        assert_eq!(report.new_people, 2);
        let csv = imports::errors_csv(&report, words::Words::new(Language::German));
        assert!(csv.contains("Zeile;Grund;Firma") && csv.contains("carla@"), "{csv}");
        house.close().await;
    }
}

#[tokio::test]
async fn a_file_whose_server_has_ended_is_interrupted_and_may_be_taken_again() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let admin = with_role(ctx, Role::Administrator, None).await;
        let by = admin.administering().unwrap();
        let id = imports::keep(ctx, by, "kunden.csv".to_owned(), FILE, &Importing::default()).await.unwrap();
        // What a server leaves behind that dies while it takes the file.
        let running = serde_json::to_string(&imports::Progress::Running(ctx.now())).unwrap();
        ctx.store.set_upload_result(id, &running).await.unwrap();
        let progress = async || imports::kept(ctx, by, id).await.unwrap().unwrap().progress;
        assert!(matches!(progress().await, imports::Progress::Running(_)));
        // While somebody takes it, pressing again starts nothing.
        assert!(imports::start_kept(ctx, by, id).await.unwrap());
        assert!(matches!(progress().await, imports::Progress::Running(_)));
        house.clock.advance(TimeDelta::seconds(31));
        assert!(matches!(progress().await, imports::Progress::Failed));
        for _ in 0..2 {
            assert!(imports::start_kept(ctx, by, id).await.unwrap());
            let imports::Progress::Taken(report) = progress().await else { panic!("not taken") };
            assert_eq!((report.new_people, report.new_accounts), (2, 2), "the second press changes nothing");
        }
        house.close().await;
    }
}

#[tokio::test]
async fn two_presses_at_the_same_moment_take_a_file_once() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let by = with_role(ctx, Role::Administrator, None).await.administering().unwrap();
        let id = imports::keep(ctx, by, "kunden.csv".to_owned(), FILE, &Importing::default()).await.unwrap();
        let seen = ctx.store.upload(id, by.member(), ctx.now()).await.unwrap().unwrap().result;
        let running = serde_json::to_string(&imports::Progress::Running(ctx.now())).unwrap();
        // Two that have read the same.
        assert!(ctx.store.claim_upload(id, seen.as_deref(), &running).await.unwrap());
        assert!(!ctx.store.claim_upload(id, seen.as_deref(), &running).await.unwrap());
        ctx.store.set_upload_result(id, seen.as_deref().unwrap()).await.unwrap();

        let second = house.beside(None).await.unwrap_or_else(|| ctx.clone());
        let (one, other) =
            tokio::join!(imports::confirm_kept(ctx, by, id), imports::confirm_kept(&second, by, id));
        assert!(one.unwrap() && other.unwrap());
        let kept = imports::kept(ctx, by, id).await.unwrap().unwrap();
        let imports::Progress::Taken(report) = kept.progress else { panic!("{:?}", kept.progress) };
        assert_eq!((report.new_people, report.new_accounts), (2, 2), "all of it by one of them");
        house.close().await;
    }
}

#[tokio::test]
async fn many_lines_in_many_batches() {
    for house in TestHouse::all().await {
        let mut text = String::from("company,country,person,mail\n");
        for n in 0..1_000 {
            text.push_str(&format!("Firma {},DE,Person {n},p{n}@firma{}.de\n", n / 4, n / 4));
        }
        let report = import(&house.ctx, &text).await;
        assert_eq!((report.new_accounts, report.new_people, report.refused_count), (250, 1_000, 0));
        // Nobody waits for all of it at once.
        let batches = store::testing::audited(&house.ctx.store, "imports.customers").await;
        assert!(batches > 1, "{batches}");
        assert_eq!(import(&house.ctx, &text).await.unchanged, 1_000);
        house.close().await;
    }
}
