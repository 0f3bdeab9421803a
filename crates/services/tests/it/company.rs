//! A small company to test links and consent with.

use domain::{
    accounts::AccountStatus,
    ids::{AccountId, MemberId, ProgramId},
    incentives::{Amount, Incentive, IncentiveKind, Part, PartValue, PayingStep, Scheme, Unit},
    members::{Role, RoleSet},
    referrals::{Pipeline, WonMeans},
    text::{Bilingual, Currency, EmailAddress, Language, PersonName},
    touches::AttributionSettings,
};
use services::{members::Person, testing::TestHouse};
use store::{
    incentives::{Offer, Program},
    members::NewMember,
};

/// One programme, and advocates of two customers.
pub(crate) struct Company {
    pub(crate) program: ProgramId,
    pub(crate) anna: MemberId,
    pub(crate) ben: MemberId,
    pub(crate) annas_account: AccountId,
}

impl Company {
    pub(crate) async fn on(house: &TestHouse) -> Self {
        let ctx = &house.ctx;
        let program: ProgramId = ctx.new_id();
        let tx = ctx.store.begin().await.unwrap();
        let new = Program {
            id: program,
            code: "main".into(),
            open: true,
            name: Bilingual::new("Empfehlen", "Refer"),
            headline: Bilingual::new("Wartung planen", "Plan maintenance"),
            pitch: Bilingual::new("Kurz gesagt.", "In short."),
            benefit: Bilingual::default(),
            benefit_kind: None,
            benefit_amount: None,
            destination_url: None,
            attribution: AttributionSettings::default(),
            won_means: WonMeans::default(),
            pipeline: Pipeline::default(),
            questions: Default::default(),
            version: 0,
        };
        tx.insert_program(&new, ctx.now()).await.unwrap();
        for (position, kind, euros) in [(0, IncentiveKind::Credit, 400), (1, IncentiveKind::None, 0)] {
            let parts = Amount::new(euros * 100, Unit::Money(Currency::EUR))
                .map(|amount| Part { step: PayingStep::Won, value: PartValue::Fixed(amount) });
            let incentive = Incentive {
                id: ctx.new_id(),
                kind,
                scheme: Scheme::new(parts.into_iter().collect()).unwrap(),
                stock: None,
                min_tier: 0,
                active: true,
                countries: Default::default(),
            };
            let offer = Offer {
                incentive,
                program,
                name: Bilingual::new("x", "x"),
                text: Bilingual::default(),
                position,
                version: 0,
            };
            tx.insert_offer(&offer, ctx.now()).await.unwrap();
        }
        tx.commit().await.unwrap();
        let marketing = crate::rewards_world::member(ctx, None, Role::Marketing, "Jana Krüger").await;
        services::testing::sign_off_markets(ctx, &marketing).await;
        let (annas_account, bens_account) = (ctx.new_id(), ctx.new_id());
        let store = &ctx.store;
        use store::testing::account;
        account(store, annas_account, "Mühlenau Maschinenbau GmbH", "muehlenau.de", AccountStatus::Customer)
            .await;
        account(store, bens_account, "Tessenow Feinmechanik AG", "tessenow.de", AccountStatus::Customer)
            .await;
        account(store, ctx.new_id(), "Kundin GmbH", "kundin.de", AccountStatus::Customer).await;
        account(store, ctx.new_id(), "Offen AG", "offen.de", AccountStatus::OpenDeal).await;
        let anna = Self::member(house, annas_account, "Anna Berger", "anna@muehlenau.de").await;
        let ben = Self::member(house, bens_account, "Ben Öztürk", "ben@tessenow.de").await;
        Self { program, anna, ben, annas_account }
    }

    pub(crate) async fn member(house: &TestHouse, account: AccountId, name: &str, email: &str) -> MemberId {
        let id = house.ctx.new_id();
        let tx = house.ctx.store.begin().await.unwrap();
        tx.members()
            .insert(&NewMember {
                id,
                account: Some(account),
                name: PersonName::parse(name).unwrap(),
                email: EmailAddress::parse(email).unwrap(),
                language: Language::German,
                roles: RoleSet::EMPTY.with(Role::Advocate),
                created_at: house.ctx.now(),
            })
            .await
            .unwrap();
        tx.commit().await.unwrap();
        id
    }

    pub(crate) async fn person(&self, house: &TestHouse, id: MemberId) -> Person {
        house.ctx.store.members().person(id).await.unwrap().unwrap()
    }
}
