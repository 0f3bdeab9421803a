//! Early access: seats that many ask for at once, grants that begin and end, keys that are shown once.

use chrono::{DateTime, Days, TimeDelta, Utc};
use domain::{
    access::{AccessState, ApiScope},
    ids::ApiKeyId,
    incentives::{Amount, Incentive, IncentiveKind, Part, PartValue, PayingStep, Unit},
    members::{Actor, Role},
    referrals::Step,
    rewards::RewardCode,
    text::{Bilingual, Reason},
    tiers::{TierCause, TierCode},
};
use services::{
    Ctx, StoreError,
    access::{
        CallError, Feature, Grant, MOST_CALLS, MakeKeyError, SaveFeatureError, create_key, granted,
        grants_for, key_digest, make_key, own_grant, revoke_key, save_feature, term, today,
    },
    jobs::Job,
    rewards::{ActError, RewardLine, TakeBack, approve, decline, deliver, take_back},
    testing::TestHouse,
    tiers::{at_risk, ensure_defaults, standing},
};
use sha2::{Digest, Sha256};
use store::{testing::audited, tiers::TierMove};

use crate::{rewards_world::*, tiers::nights};

/// A world whose early access, of so much, grants a feature with so many seats.
struct Early {
    world: World,
    access: Incentive,
    feature: Feature,
}

impl Early {
    async fn new(house: &TestHouse, amount: Amount, min_tier: u8, seats: i32) -> Self {
        let ctx = &house.ctx;
        let world = World::new(house).await;
        ensure_defaults(ctx).await.unwrap();
        let part = Part { step: PayingStep::Won, value: PartValue::Fixed(amount) };
        let access = Incentive { min_tier, ..incentive(ctx, IncentiveKind::EarlyAccess, vec![part]) };
        offer(ctx, &world, &access).await;
        let feature = Feature {
            id: ctx.new_id(),
            incentive: Some(access.id),
            name: Bilingual::new("Vorschau", "Preview"),
            terms: Bilingual::new("Nur zum Ausprobieren", "To try out only"),
            guide: Bilingual::default(),
            starts_on: today(ctx),
            ends_on: None,
            seats,
            taken: 0,
            version: 0,
        };
        let power = world.marketing.program_managing().unwrap();
        save_feature(ctx, &power, &feature, true).await.unwrap();
        Self { world, access, feature }
    }

    /// A reward for it that is approved.
    async fn approved(&self, house: &TestHouse) -> RewardLine {
        let ctx = &house.ctx;
        let chosen = Some(self.access.id);
        let mut facts = self.world.refer_with(ctx, vec![self.access.clone()], chosen).await;
        move_to(ctx, &mut facts, Step::Won).await;
        house.clock.advance(TimeDelta::days(30));
        let line = line_of(ctx, &facts, PayingStep::Won).await;
        assert!(approve(ctx, &self.world.marketing, line.id, line.version).await.unwrap());
        line_of(ctx, &facts, PayingStep::Won).await
    }

    async fn deliver(&self, ctx: &Ctx, line: &RewardLine) -> Result<(), ActError> {
        deliver(ctx, &self.world.marketing, line.id, line.version, "Freigeschaltet", None).await
    }

    /// A reward for it that is delivered.
    async fn delivered(&self, house: &TestHouse) -> RewardLine {
        let line = self.approved(house).await;
        self.deliver(&house.ctx, &line).await.unwrap();
        line_again(&house.ctx, &line).await
    }

    async fn save(&self, ctx: &Ctx, changed: Feature) -> Result<(), SaveFeatureError> {
        let power = self.world.marketing.program_managing().unwrap();
        save_feature(ctx, &power, &changed, false).await
    }

    async fn stored(&self, ctx: &Ctx) -> Feature {
        ctx.store.access().feature(self.feature.id).await.unwrap().unwrap()
    }

    async fn taken(&self, ctx: &Ctx) -> i32 {
        self.stored(ctx).await.taken
    }
}

async fn line_again(ctx: &Ctx, line: &RewardLine) -> RewardLine {
    ctx.store.rewards().line(line.id).await.unwrap().unwrap()
}

async fn grant_of(ctx: &Ctx, line: &RewardLine) -> Grant {
    ctx.store.access().grant(line.id).await.unwrap().unwrap()
}

fn seats(value: i64) -> Amount {
    Amount::new(value, Unit::Seats).unwrap()
}

fn why() -> Reason {
    Reason::parse("Die Anlage wurde verkauft").unwrap()
}

async fn key_for(ctx: &Ctx, scopes: Vec<ApiScope>) -> (Actor, ApiKeyId, String) {
    let jonas = member(ctx, None, Role::Administrator, "Jonas Brandt").await;
    let id = ctx.new_id();
    let by = jonas.administering().unwrap();
    let key = create_key(ctx, by, id, "Lizenzserver".parse().unwrap(), scopes).await.unwrap();
    (jonas, id, key)
}

#[tokio::test]
async fn sixty_four_at_once_never_take_more_seats_than_there_are() {
    for house in TestHouse::all().await {
        let early = Early::new(&house, seats(2), 0, 20).await;
        let power = early.world.marketing.delivering().unwrap();
        let mut asking = tokio::task::JoinSet::new();
        for _ in 0..64 {
            let (store, id) = (house.ctx.store.clone(), early.feature.id);
            asking.spawn(async move {
                let tx = store.begin().await.unwrap();
                let got = tx.access().take_seats(&power, id, 1).await.unwrap();
                tx.commit().await.unwrap();
                got
            });
        }
        let got = asking.join_all().await.into_iter().filter(|got| *got).count();
        assert_eq!((got, early.taken(&house.ctx).await), (20, 20));
        house.close().await;
    }
}

#[tokio::test]
async fn of_two_deliveries_at_once_the_last_seats_go_to_one() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let early = Early::new(&house, seats(2), 0, 3).await;
        let (one, two) = (early.approved(&house).await, early.approved(&house).await);
        let (first, second) = tokio::join!(early.deliver(ctx, &one), early.deliver(ctx, &two));
        assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
        let (done, refused) = if first.is_ok() { (&one, &two) } else { (&two, &one) };
        assert!(matches!(first.and(second), Err(ActError::NoSeats)));
        assert_eq!(early.taken(ctx).await, 2);
        assert_eq!(line_again(ctx, refused).await.state, RewardCode::Approved, "nothing is half done");
        assert!(ctx.store.access().grant(refused.id).await.unwrap().is_none());
        // A second press of the button is the first one.
        early.deliver(ctx, done).await.unwrap();
        assert_eq!(early.taken(ctx).await, 2);
        check(ctx).await;
        house.close().await;
    }
}

#[tokio::test]
async fn a_grant_holds_its_seats_until_it_is_ended_by_hand() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let early = Early::new(&house, seats(2), 0, 3).await;
        let marketing = &early.world.marketing;
        let (one, two) = (early.delivered(&house).await, early.approved(&house).await);
        assert!(matches!(early.deliver(ctx, &two).await, Err(ActError::NoSeats)));
        let fewer = Feature { seats: 1, ..early.feature.clone() };
        assert!(matches!(early.save(ctx, fewer).await, Err(SaveFeatureError::Taken)));
        let power = marketing.program_managing().unwrap();
        let listed = granted(ctx, &power, &early.feature, None).await.unwrap().grants;
        assert_eq!(listed.len(), 1);
        assert_eq!((listed[0].seats, listed[0].account_name.as_str()), (2, "Polar Kältetechnik"));

        // The terms of that day, whatever is written afterwards.
        let terms = Bilingual::new("Ganz andere", "Quite different");
        early.save(ctx, Feature { terms, ..early.stored(ctx).await }).await.unwrap();
        let anna = early.world.advocate.referrer().unwrap();
        let own = own_grant(ctx, &anna, one.id).await.unwrap().unwrap();
        assert_eq!((own.terms.de.as_str(), own.tier), ("Nur zum Ausprobieren", None));

        let end = |by: Actor, line: RewardLine| async move {
            take_back(ctx, &by, line.id, line.version, TakeBack::Revocation, &why()).await
        };
        let advocate = end(early.world.advocate, one.clone()).await;
        assert!(matches!(advocate, Err(ActError::NotAllowed)));
        end(*marketing, one.clone()).await.unwrap();
        assert_eq!(early.taken(ctx).await, 0);
        assert!(grant_of(ctx, &one).await.ended_at.is_some());
        assert!(matches!(end(*marketing, one.clone()).await, Err(ActError::Stale)), "once");
        assert_eq!(early.taken(ctx).await, 0);
        assert!(matches!(make_key(ctx, &anna, one.id, 0).await, Err(MakeKeyError::NotFound)), "it has ended");
        early.deliver(ctx, &two).await.unwrap();
        assert_eq!(early.taken(ctx).await, 2);

        // Whatever else takes the reward back takes the access with it.
        let two = line_again(ctx, &two).await;
        take_back(ctx, marketing, two.id, two.version, TakeBack::Fraud, &why()).await.unwrap();
        assert_eq!(early.taken(ctx).await, 0);
        assert!(grant_of(ctx, &two).await.ended_at.is_some());
        house.run_jobs().await;
        check(ctx).await;
        house.close().await;
    }
}

#[tokio::test]
async fn a_partial_refund_leaves_a_part_of_the_access() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let early = Early::new(&house, seats(4), 0, 5).await;
        let line = early.delivered(&house).await;
        for (percent, left) in [(50, 2), (50, 0)] {
            let line = line_again(ctx, &line).await;
            let refund = TakeBack::Refund { percent };
            take_back(ctx, &early.world.marketing, line.id, line.version, refund, &why()).await.unwrap();
            assert_eq!(early.taken(ctx).await, left);
        }
        let grant = grant_of(ctx, &line).await;
        assert_eq!((grant.seats, grant.ended_at.is_some()), (2, true), "what was left when it ended");
        let short = services::rewards::shortfalls(ctx, &early.world.marketing).await.unwrap().unwrap();
        assert!(short.is_empty(), "the seats are back: {short:?}");
        check(ctx).await;
        house.close().await;
    }
}

#[tokio::test]
async fn months_end_by_themselves_and_wait_for_the_feature() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let early = Early::new(&house, Amount::new(2, Unit::Months).unwrap(), 0, 1).await;
        let line = early.delivered(&house).await;
        let first = term(ctx, &grant_of(ctx, &line).await).last_day().unwrap();
        assert_eq!(early.taken(ctx).await, 1);
        // The feature is put off by twenty days, and so are its months.
        let starts_on = today(ctx).checked_add_days(Days::new(20)).unwrap();
        early.save(ctx, Feature { starts_on, ..early.stored(ctx).await }).await.unwrap();
        let later = term(ctx, &grant_of(ctx, &line).await);
        assert!(later.last_day().unwrap() > first);
        assert_eq!(later.state(today(ctx)), AccessState::Upcoming);
        let until = |day: chrono::NaiveDate| TimeDelta::days((day - today(ctx)).num_days() + 2);
        house.clock.advance(until(first));
        house.run_jobs().await;
        assert_eq!((early.taken(ctx).await, grant_of(ctx, &line).await.ended_at), (1, None));
        house.clock.advance(until(later.last_day().unwrap()));
        house.run_jobs().await;
        assert_eq!(early.taken(ctx).await, 0);
        assert!(grant_of(ctx, &line).await.ended_at.is_some());
        assert_eq!(line_again(ctx, &line).await.state, RewardCode::Fulfilled, "it was kept, not taken back");
        assert_eq!(audited(&ctx.store, "access.lapse").await, 1);
        check(ctx).await;
        house.close().await;
    }
}

#[tokio::test]
async fn a_feature_says_what_is_wrong_with_it() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let early = Early::new(&house, seats(2), 0, 3).await;
        let good = early.feature.clone();
        let before = good.starts_on.pred_opt();
        for seats in [0, -1, 1_000_001] {
            let refused = early.save(ctx, Feature { seats, ..good.clone() }).await;
            assert!(matches!(refused, Err(SaveFeatureError::Seats)), "{seats}");
        }
        let refused = early.save(ctx, Feature { ends_on: before, ..good.clone() }).await;
        assert!(matches!(refused, Err(SaveFeatureError::Days)));
        let credit = Some(early.world.credit.id);
        let refused = early.save(ctx, Feature { incentive: credit, ..good.clone() }).await;
        assert!(matches!(refused, Err(SaveFeatureError::NotAccess)));
        let power = early.world.marketing.program_managing().unwrap();
        let twice = Feature { id: ctx.new_id(), ..good.clone() };
        let refused = save_feature(ctx, &power, &twice, true).await;
        assert!(matches!(refused, Err(SaveFeatureError::Incentive)));
        early.save(ctx, good.clone()).await.unwrap();
        assert!(matches!(early.save(ctx, good.clone()).await, Err(SaveFeatureError::Stale)));
        assert_eq!(audited(&ctx.store, "access.save_feature").await, 2);

        // What is nothing early any more is granted to nobody, and holds for nobody.
        let kept = early.delivered(&house).await;
        let late = early.approved(&house).await;
        let ends_on = today(ctx).pred_opt();
        early.save(ctx, Feature { ends_on, ..early.stored(ctx).await }).await.unwrap();
        assert!(matches!(early.deliver(ctx, &late).await, Err(ActError::FeatureOver)));
        let (_, _, key) = key_for(ctx, vec![ApiScope::GrantsRead]).await;
        let account = early.world.account.to_string();
        assert_eq!(grants_for(ctx, &key, Some(&account)).await.unwrap().1.len(), 0);
        let anna = early.world.advocate.referrer().unwrap();
        assert!(matches!(make_key(ctx, &anna, kept.id, 0).await, Err(MakeKeyError::NotFound)));
        // An access that is not granted yet can still be refused, and takes no seat.
        assert!(decline(ctx, &early.world.marketing, late.id, late.version, &why()).await.is_err());
        assert_eq!(early.taken(ctx).await, 2);
        house.close().await;
    }
}

/// A move of the advocate between tiers, with what its job makes of this access.
async fn fall(house: &TestHouse, line: &RewardLine, from: &str, to: &str, at: DateTime<Utc>) -> RewardCode {
    let ctx = &house.ctx;
    let tx = ctx.store.begin().await.unwrap();
    let moved = TierMove {
        id: ctx.new_id(),
        member: line.advocate,
        from: TierCode::parse(from).ok(),
        to: TierCode::parse(to).ok(),
        cause: TierCause::Lapsed,
        referral: None,
        scheme: None,
        at,
    };
    let job = Job::EndAccess { reward: line.id.into(), tier_move: moved.id };
    tx.tiers().move_members(&[moved]).await.unwrap();
    tx.push_job(job.to_new(ctx, ctx.now())).await.unwrap();
    tx.commit().await.unwrap();
    house.run_jobs().await;
    line_again(ctx, line).await.state
}

#[tokio::test]
async fn an_access_ends_with_a_fall_below_its_tier_alone() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        // Silver stands at the second place.
        let early = Early::new(&house, seats(2), 2, 10).await;
        let line = early.delivered(&house).await;
        let grant = grant_of(ctx, &line).await;
        assert_eq!(grant.tier.unwrap().as_str(), "silver");
        house.clock.advance(TimeDelta::minutes(1));
        let now = ctx.now();
        let kept = RewardCode::Fulfilled;
        assert_eq!(fall(&house, &line, "gold", "silver", now).await, kept, "it asks for silver");
        assert_eq!(fall(&house, &line, "bronze", "", now).await, kept, "they had less already");
        let before = grant.since - TimeDelta::minutes(1);
        assert_eq!(fall(&house, &line, "silver", "bronze", before).await, kept, "granted afterwards");
        assert_eq!(fall(&house, &line, "silver", "bronze", now).await, RewardCode::Reversed);
        assert_eq!(early.taken(ctx).await, 0);
        check(ctx).await;
        house.close().await;
    }
}

#[tokio::test]
async fn a_tier_that_lapses_takes_its_accesses_with_it_and_says_so() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        // Gold stands at the third place, and takes two customers within a year.
        let early = Early::new(&house, seats(2), 3, 10).await;
        let lines = [early.delivered(&house).await, early.delivered(&house).await];
        let member = early.world.advocate.member;
        house.clock.advance(TimeDelta::days(365));
        nights(&house, 2).await;
        let risk = at_risk(ctx, member, &standing(ctx, member).await.unwrap()).await.unwrap().unwrap();
        assert_eq!(early.taken(ctx).await, 4, "a warning takes nothing");
        house.clock.advance(risk.warning.fall_at - ctx.now() + TimeDelta::hours(1));
        nights(&house, 2).await;
        assert_eq!(early.taken(ctx).await, 0);
        for line in &lines {
            let ended = line_again(ctx, line).await;
            let why = ended.ended_reason.as_deref();
            assert_eq!((ended.state, why), (RewardCode::Reversed, Some("tier_lost")));
        }
        let told = house.mails.sent().into_iter().filter(|mail| mail.subject.starts_with("Beendet: "));
        let told: Vec<_> = told.map(|mail| mail.text).collect();
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].contains("endete mit der Stufe"), "{}", told[0]);
        check(ctx).await;
        house.close().await;
    }
}

#[tokio::test]
async fn an_offer_that_became_stricter_binds_nobody_who_was_promised_more() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let early = Early::new(&house, seats(2), 0, 10).await;
        let line = early.approved(&house).await;
        let offer = ctx.store.incentives().offer(early.access.id).await.unwrap().unwrap();
        let mut stricter = offer.clone();
        stricter.incentive.min_tier = 3;
        let power = early.world.marketing.program_managing().unwrap();
        let tx = ctx.store.begin().await.unwrap();
        tx.update_offer(&power, &stricter, None).await.unwrap();
        tx.commit().await.unwrap();
        early.deliver(ctx, &line).await.unwrap();
        assert_eq!(grant_of(ctx, &line).await.tier, None);
        house.close().await;
    }
}

#[tokio::test]
async fn the_key_of_a_grant_is_its_advocates_and_the_last_one_works() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let early = Early::new(&house, seats(2), 0, 3).await;
        let line = early.delivered(&house).await;
        let anna = early.world.advocate.referrer().unwrap();
        let other = member(ctx, Some(early.world.account), Role::Advocate, "Kollegin").await;
        let other = other.referrer().unwrap();
        assert!(own_grant(ctx, &other, line.id).await.unwrap().is_none());
        assert!(matches!(make_key(ctx, &other, line.id, 0).await, Err(MakeKeyError::NotFound)));
        assert!(matches!(make_key(ctx, &anna, unknown(), 0).await, Err(MakeKeyError::NotFound)));
        assert_eq!(key_digest(&grant_of(ctx, &line).await), None);
        let first = make_key(ctx, &anna, line.id, 0).await.unwrap();
        assert!(matches!(make_key(ctx, &anna, line.id, 0).await, Err(MakeKeyError::Stale)), "pressed twice");
        let second = make_key(ctx, &anna, line.id, 1).await.unwrap();
        assert_ne!(first, second);
        let grant = grant_of(ctx, &line).await;
        let digest: String = Sha256::digest(&second).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(key_digest(&grant), Some(digest), "as sha256sum prints it");
        assert!(!format!("{grant:?}").contains(&second), "the key itself is nowhere");
        assert_eq!(audited(&ctx.store, "access.make_key").await, 2);
        house.close().await;
    }
}

#[tokio::test]
async fn an_api_key_asks_until_it_is_revoked_and_not_too_often() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let early = Early::new(&house, seats(2), 0, 3).await;
        let line = early.delivered(&house).await;
        let account = early.world.account.to_string();
        let (jonas, id, key) = key_for(ctx, vec![ApiScope::GrantsRead]).await;
        let by = jonas.administering().unwrap();
        let again = create_key(ctx, by, id, "Lizenzserver".parse().unwrap(), Vec::new()).await;
        assert!(matches!(again, Err(StoreError::Conflict)), "one form makes one key");
        let (_, _, bare) = key_for(ctx, Vec::new()).await;
        let ask = |key: String, account: Option<String>| async move {
            grants_for(ctx, &key, account.as_deref()).await.map(|(_, grants)| grants)
        };
        let some = || Some(account.clone());
        assert!(matches!(ask("dk_nothing".to_owned(), some()).await, Err(CallError::Unknown)));
        assert!(matches!(ask(bare, some()).await, Err(CallError::Scope)));
        for malformed in [None, Some(String::new()), Some("polar.example".to_owned())] {
            assert!(matches!(ask(key.clone(), malformed).await, Err(CallError::Malformed)));
        }
        let nobody = Some(unknown().to_string());
        assert!(matches!(ask(key.clone(), nobody).await, Err(CallError::NoAccount)));
        let found = ask(key.clone(), some()).await.unwrap();
        assert_eq!((found.len(), found[0].reward, found[0].seats), (1, line.id, 2));
        for _ in 5..MOST_CALLS {
            ask(key.clone(), some()).await.unwrap();
        }
        assert!(matches!(ask(key.clone(), some()).await, Err(CallError::TooMany)));
        house.clock.advance(TimeDelta::minutes(2));
        ask(key.clone(), some()).await.unwrap();
        let listed = ctx.store.access().api_keys().await.unwrap();
        let (known, maker) = listed.iter().find(|(known, _)| known.id == id).unwrap();
        assert_eq!((known.used_on, maker.as_str()), (Some(today(ctx)), "Jonas Brandt"));
        assert!(!format!("{listed:?}").contains(&key));
        for _ in 0..2 {
            revoke_key(ctx, by, id).await.unwrap();
        }
        assert!(matches!(ask(key, some()).await, Err(CallError::Unknown)));
        assert_eq!(audited(&ctx.store, "access.revoke_key").await, 1, "once");
        house.close().await;
    }
}
