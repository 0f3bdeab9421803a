//! Legal texts: defaults, versions, agreement.

use domain::{consent::LegalKind, members::Role, text::Language};
use services::{
    accounts::{AccountCommand, AccountFields, add},
    legal::{self, AgreeError, Publish, PublishError},
    testing::TestHouse,
};

use crate::people::with_role;

#[tokio::test]
async fn terms_are_agreed_to_by_version_and_asked_again() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let admin = with_role(ctx, Role::Administrator, None).await;
        let command = AccountCommand {
            fields: AccountFields {
                name: domain::text::CompanyName::parse("A").unwrap(),
                country: domain::text::Country::AT,
                industry: None,
                recipient_kind: domain::accounts::RecipientKind::Unknown,
                status: domain::accounts::AccountStatus::Customer,
                customer_since: None,
                gift_policy: domain::accounts::GiftPolicy::Any,
            },
            domains: vec![],
            manager: None,
        };
        let account = add(ctx, admin.inviting().unwrap(), command).await.unwrap();
        let advocate = with_role(ctx, Role::Advocate, Some(account)).await.member;
        let owes = || async { ctx.store.members().person(advocate).await.unwrap().unwrap().owes_terms() };
        assert!(owes().await, "nobody has agreed yet");
        assert!(
            !ctx.store.members().person(admin.member).await.unwrap().unwrap().owes_terms(),
            "staff take no part"
        );

        let shown = legal::current(ctx, LegalKind::Terms, Language::German).await.unwrap();
        assert!(shown.since.is_none() && shown.markdown.contains("Halvern Software GmbH"));
        assert!(shown.markdown.contains("rechtlich prüfen"));
        legal::agree(ctx, advocate, shown.version, None).await.unwrap();
        legal::agree(ctx, advocate, shown.version, None).await.unwrap();
        assert!(!owes().await);

        let by = admin.administering().unwrap();
        let text = |after| Publish {
            kind: LegalKind::Terms,
            german: "Neu".to_owned(),
            english: "New".to_owned(),
            after,
        };
        assert_eq!(legal::publish(ctx, by, text(1)).await.unwrap(), 2);
        let late = legal::publish(ctx, by, text(1)).await.unwrap_err();
        assert!(matches!(late, PublishError::Stale));
        let empty = Publish { english: " ".to_owned(), ..text(2) };
        assert!(matches!(legal::publish(ctx, by, empty).await.unwrap_err(), PublishError::Empty));
        assert!(owes().await, "a new version is asked for again");
        let old = legal::agree(ctx, advocate, 1, None).await.unwrap_err();
        assert!(matches!(old, AgreeError::Changed));
        legal::agree(ctx, advocate, 2, None).await.unwrap();
        assert!(!owes().await);
        let versions: Vec<_> = ctx
            .store
            .legal()
            .agreed(advocate)
            .await
            .unwrap()
            .into_iter()
            .map(|(version, _)| version)
            .collect();
        assert_eq!(versions, [2, 1], "what was agreed to before stays proven");
        house.close().await;
    }
}
