//! A programme shapes its pipeline, and referrals move through what is there.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use domain::{
    ids::ReferralId,
    incentives::{Amount, DealBand, IncentiveKind, Part, PartValue, PayingStep, Unit},
    members::{AccountManaging, Duties, Role},
    referrals::{Closing, LossReason, Move, Pipeline, PipelineError, Stage, Step, Stop, SubStage, WonMeans},
    rewards::{PendingCause, RewardState},
    text::{Bilingual, Currency, Reason},
    triple_win::WinKind,
};
use services::{
    Ctx,
    incentives::{SaveOfferError, SavePipelineError, Saving, save_offer, save_pipeline, save_program},
    referrals::{MoveStage, MoveStageError, RecordDealError, move_stage, record_deal},
    testing::{TestHouse, stage_hand},
};
use store::{
    incentives::{Offer, Program},
    referrals::{Place, Reach},
};

use crate::rewards_world::{World, euros, incentive, member, still_waits};

struct Room {
    world: World,
    manager: AccountManaging,
    trial: SubStage,
}

impl Room {
    async fn new(house: &TestHouse) -> Self {
        let ctx = &house.ctx;
        let world = World::new(house).await;
        let manager = member(ctx, None, Role::AccountManager, "Miriam Vogt").await;
        let manager = manager.account_managing(Duties::default()).unwrap();
        let name = Bilingual::new("Probebetrieb", "Proof of concept");
        let trial = SubStage { id: ctx.new_id(), after: Step::Meeting, name };
        Self { world, manager, trial }
    }

    async fn program(&self, ctx: &Ctx) -> Program {
        ctx.store.incentives().program(self.world.program).await.unwrap().unwrap()
    }

    async fn shape(
        &self,
        ctx: &Ctx,
        dropped: &[Step],
        between: &[&SubStage],
    ) -> Result<(), SavePipelineError> {
        let names = BTreeMap::from([(Step::Meeting, Bilingual::new("Vorführung", "Demonstration"))]);
        let dropped: BTreeSet<Step> = dropped.iter().copied().collect();
        let between = between.iter().map(|stage| (*stage).clone()).collect();
        let pipeline = Pipeline::new(names, dropped, between)?;
        let power = self.world.marketing.program_managing().unwrap();
        save_pipeline(ctx, &power, &self.program(ctx).await, pipeline).await
    }

    async fn referral(&self, ctx: &Ctx, step: Step) -> ReferralId {
        let mut facts = self.world.facts(ctx, vec![self.world.credit.clone()], Some(self.world.credit.id));
        facts.account_manager = Some(self.manager.member());
        self.world.insert(ctx, &facts, Some(ctx.now() + TimeDelta::hours(1))).await;
        if step > Step::Submitted {
            self.go(ctx, facts.id, Move::Forward(step)).await.unwrap();
        }
        facts.id
    }

    async fn go(&self, ctx: &Ctx, referral: ReferralId, action: Move) -> Result<(), MoveStageError> {
        let version = ctx.store.referrals().load(referral).await.unwrap().unwrap().version;
        let note = Reason::parse("Vier Wochen auf Probe.").ok();
        let command = MoveStage { referral, action, deal: None, note, version };
        move_stage(ctx, &self.manager, command).await
    }
}

#[tokio::test]
async fn a_stage_between_has_its_lane_and_pays_what_its_step_pays() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let room = Room::new(&house).await;
        room.shape(ctx, &[], &[&room.trial]).await.unwrap();
        let stored = room.program(ctx).await.pipeline;
        assert_eq!(stored.sub_stage(room.trial.id), Some(&room.trial));
        assert_eq!(stored.stage_name(Stage::Meeting).unwrap().de, "Vorführung");

        let inside = room.referral(ctx, Step::Accepted).await;
        let beside = room.referral(ctx, Step::Meeting).await;
        room.go(ctx, inside, Move::Enter(room.trial.clone())).await.unwrap();
        let loaded = ctx.store.referrals().load(inside).await.unwrap().unwrap();
        assert_eq!(loaded.facts.stop(), Some(Stop::Between(room.trial.id)));
        assert_eq!(loaded.facts.position.stage(), Stage::Meeting);
        // Accepted and meeting are paid, once; the stage between pays nothing.
        let paid = ctx.store.rewards().of_referral(inside).await.unwrap().rewards;
        let parts: Vec<_> = paid.iter().map(|stored| stored.reward.facts().key.part).collect();
        assert_eq!(parts, [PayingStep::Accepted, PayingStep::Meeting]);
        let events = ctx.store.referrals().events(inside).await.unwrap();
        let last = serde_json::to_value(&events.last().unwrap().kind).unwrap();
        assert_eq!(last["type"], "entered");
        assert_eq!(
            (&last["name"]["en"], &last["note"]),
            (&"Proof of concept".into(), &"Vier Wochen auf Probe.".into())
        );

        let reach = Reach { managers: vec![room.manager.member()], unassigned: false };
        let lists = ctx.store.referrals();
        let counts = lists.open_by_stop(&reach).await.unwrap();
        assert_eq!(counts[&Stop::Between(room.trial.id)], 1);
        assert_eq!(counts[&Stop::Step(Step::Meeting)], 1);
        let ids = |place: Place| {
            let (lists, reach) = (ctx.store.referrals(), reach.clone());
            async move {
                let lines = lists.board(&reach, &[place], 9).await.unwrap();
                lines.into_iter().map(|line| line.id).collect::<Vec<_>>()
            }
        };
        assert_eq!(ids(Place::Between(room.trial.id)).await, [inside]);
        assert_eq!(ids(Place::Besides(Stage::Meeting, vec![room.trial.id])).await, [beside]);
        assert_eq!(ids(Place::Stage(Stage::Meeting)).await.len(), 2);

        // Out of it again is a correction; what was paid stays as it is.
        let reason = Reason::parse("Zu früh.").unwrap();
        room.go(ctx, inside, Move::Correct { to: Step::Meeting, reason }).await.unwrap();
        let loaded = ctx.store.referrals().load(inside).await.unwrap().unwrap();
        assert_eq!(loaded.facts.stop(), Some(Stop::Step(Step::Meeting)));
        assert_eq!(ctx.store.rewards().of_referral(inside).await.unwrap().rewards.len(), 2);
        house.close().await;
    }
}

#[tokio::test]
async fn what_pays_and_where_somebody_stands_cannot_be_left_out() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let room = Room::new(&house).await;
        let refused = room.shape(ctx, &[Step::Meeting], &[]).await;
        assert!(matches!(
            refused,
            Err(SavePipelineError::Refused(PipelineError::CarriesPart(Step::Meeting)))
        ));

        let standing = room.referral(ctx, Step::Contacted).await;
        let refused = room.shape(ctx, &[Step::Contacted], &[]).await;
        assert!(matches!(refused, Err(SavePipelineError::Occupied(Stop::Step(Step::Contacted)))));
        room.go(ctx, standing, Move::Forward(Step::Meeting)).await.unwrap();
        let before = room.program(ctx).await;
        room.shape(ctx, &[Step::Contacted], &[&room.trial]).await.unwrap();

        // On a page from before, the step is still offered.
        let late = room.referral(ctx, Step::Accepted).await;
        let gone = room.go(ctx, late, Move::Forward(Step::Contacted)).await;
        assert!(matches!(gone, Err(MoveStageError::StageGone)));
        let power = room.world.marketing.program_managing().unwrap();
        let stale = save_pipeline(ctx, &power, &before, Pipeline::default()).await;
        assert!(matches!(stale, Err(SavePipelineError::Stale)));

        room.go(ctx, standing, Move::Enter(room.trial.clone())).await.unwrap();
        let refused = room.shape(ctx, &[Step::Contacted], &[]).await;
        assert!(matches!(refused, Err(SavePipelineError::Occupied(Stop::Between(_)))));
        room.go(ctx, standing, Move::Forward(Step::Qualified)).await.unwrap();
        room.shape(ctx, &[Step::Contacted], &[]).await.unwrap();

        // Nobody is on the meeting any more, and nothing that is offered pays there: then it may go, and nothing may come.
        let mut offer = ctx.store.incentives().offer(room.world.credit.id).await.unwrap().unwrap();
        offer.incentive.active = false;
        save_offer(ctx, &power, &offer, Saving::Changed { left: offer.incentive.stock }).await.unwrap();
        room.shape(ctx, &[Step::Contacted, Step::Meeting], &[]).await.unwrap();
        let mut offer = ctx.store.incentives().offer(room.world.credit.id).await.unwrap().unwrap();
        offer.incentive.active = true;
        let refused = save_offer(ctx, &power, &offer, Saving::Changed { left: offer.incentive.stock }).await;
        assert!(matches!(refused, Err(SaveOfferError::Dropped(PayingStep::Meeting))));
        // What was promised is paid all the same, at the next step that is there.
        room.go(ctx, late, Move::Forward(Step::Qualified)).await.unwrap();
        assert_eq!(ctx.store.rewards().of_referral(late).await.unwrap().rewards.len(), 3);
        house.close().await;
    }
}

#[tokio::test]
async fn a_stage_that_is_being_left_out_takes_nobody_and_one_that_is_reached_is_not_left_out() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let room = Room::new(&house).await;
        let program = room.world.program;
        let power = room.world.marketing.program_managing().unwrap();
        let without = |dropped: Step| Pipeline::new(BTreeMap::new(), [dropped].into(), Vec::new()).unwrap();

        // Somebody leaves the stage out: whoever moves there, or hangs a part on it, waits, and finds it gone.
        let id = room.referral(ctx, Step::Accepted).await;
        let tx = ctx.store.begin().await.unwrap();
        tx.incentives().lock_pipeline(program).await.unwrap();
        let (beside, manager) = (ctx.clone(), room.manager.clone());
        let mut moving = tokio::spawn(async move {
            let action = Move::Forward(Step::Contacted);
            let version = beside.store.referrals().load(id).await.unwrap().unwrap().version;
            let command = MoveStage { referral: id, action, deal: None, note: None, version };
            move_stage(&beside, &manager, command).await
        });
        still_waits(&mut moving).await;
        let before = tx.incentives().program(program).await.unwrap().unwrap();
        tx.update_program(
            &stage_hand().program_managing().unwrap(),
            &Program { pipeline: without(Step::Contacted), ..before },
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        assert!(matches!(moving.await.unwrap(), Err(MoveStageError::StageGone)));

        let offer = ctx.store.incentives().offer(room.world.credit.id).await.unwrap().unwrap();
        let mut unpaid = offer.clone();
        unpaid.incentive.active = false;
        save_offer(ctx, &power, &unpaid, Saving::Changed { left: None }).await.unwrap();
        let tx = ctx.store.begin().await.unwrap();
        tx.incentives().lock_pipeline(program).await.unwrap();
        let (beside, editor) = (ctx.clone(), power);
        let again = Offer { version: offer.version + 1, ..offer };
        let mut saving = tokio::spawn(async move {
            save_offer(&beside, &editor, &again, Saving::Changed { left: None }).await
        });
        still_waits(&mut saving).await;
        let before = tx.incentives().program(program).await.unwrap().unwrap();
        tx.update_program(
            &stage_hand().program_managing().unwrap(),
            &Program { pipeline: without(Step::Meeting), ..before },
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        let refused = saving.await.unwrap();
        assert!(matches!(refused, Err(SaveOfferError::Dropped(PayingStep::Meeting))));

        // Somebody is on the way to a stage: whoever wants to leave it out waits, and finds somebody there.
        let id = room.referral(ctx, Step::Accepted).await;
        let tx = ctx.store.begin().await.unwrap();
        tx.incentives().pipeline_as_it_stays(program).await.unwrap().unwrap();
        let (beside, editor, seen) = (ctx.clone(), power, room.program(ctx).await);
        let mut shaping = tokio::spawn(async move {
            save_pipeline(
                &beside,
                &editor,
                &seen,
                Pipeline::new(BTreeMap::new(), [Step::Contacted].into(), Vec::new())?,
            )
            .await
        });
        still_waits(&mut shaping).await;
        let stored = tx.referrals().load(id).await.unwrap().unwrap();
        let there = domain::referrals::Facts {
            position: domain::referrals::Position::On(Step::Contacted),
            ..stored.facts
        };
        tx.referrals().save(&there, stored.version, None, None).await.unwrap();
        tx.commit().await.unwrap();
        let refused = shaping.await.unwrap();
        assert!(matches!(refused, Err(SavePipelineError::Occupied(Stop::Step(Step::Contacted)))));
        house.close().await;
    }
}

#[tokio::test]
async fn a_deal_learnt_later_pays_what_waited_for_it() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let room = Room::new(&house).await;
        let band = DealBand { from: 0, amount: euros(70) };
        let banded = incentive(
            ctx,
            IncentiveKind::Credit,
            vec![Part { step: PayingStep::Won, value: PartValue::Bands(vec![band]) }],
        );
        let tx = ctx.store.begin().await.unwrap();
        let text = Bilingual::new("Guthaben", "Credit");
        let offer = Offer {
            incentive: banded.clone(),
            program: room.world.program,
            name: text.clone(),
            text,
            position: 9,
            version: 0,
        };
        tx.insert_offer(&offer, ctx.now()).await.unwrap();
        tx.commit().await.unwrap();
        let mut facts = room.world.facts(ctx, vec![banded.clone()], Some(banded.id));
        facts.account_manager = Some(room.manager.member());
        room.world.insert(ctx, &facts, None).await;
        let version = async || ctx.store.referrals().load(facts.id).await.unwrap().unwrap().version;
        let record = async |seen, deal| record_deal(ctx, &room.manager, facts.id, seen, deal).await;

        let early = record(version().await, euros(9_000)).await;
        assert!(matches!(early, Err(RecordDealError::NotWon)));
        room.go(ctx, facts.id, Move::Forward(Step::Won)).await.unwrap();
        let rewards = async || ctx.store.rewards().of_referral(facts.id).await.unwrap().rewards;
        let waits = rewards().await;
        assert_eq!(waits[0].reward.facts().state, RewardState::Pending { cause: PendingCause::Deal });

        let seen = version().await;
        assert!(matches!(record(seen - 1, euros(9_000)).await, Err(RecordDealError::Stale)));
        let francs = Amount::new(900, Unit::Money(Currency::parse("CHF").unwrap())).unwrap();
        assert!(matches!(record(seen, francs).await, Err(RecordDealError::Currency)));
        record(seen, euros(9_000)).await.unwrap();
        // Pressed twice, and then another size.
        record(seen, euros(9_000)).await.unwrap();
        assert!(matches!(record(version().await, euros(1)).await, Err(RecordDealError::Recorded)));
        let paid = rewards().await;
        assert_eq!(paid.len(), 1);
        let promise = paid[0].reward.facts().promise;
        assert_eq!(promise.map(|promise| promise.amount), Some(euros(70)));

        let stranger = member(ctx, None, Role::AccountManager, "Nils Zwei").await;
        let stranger = stranger.account_managing(Duties::default()).unwrap();
        let foreign = record_deal(ctx, &stranger, facts.id, version().await, euros(9_000)).await;
        assert!(matches!(foreign, Err(RecordDealError::NotFound)));
        house.close().await;
    }
}

#[tokio::test]
async fn a_promise_from_before_is_kept_by_the_migration_and_later_changes_leave_it() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let room = Room::new(&house).await;
        let mut facts = room.world.facts(ctx, vec![room.world.credit.clone()], None);
        // As it was stored before the promise was frozen.
        facts.terms.disclosure.benefit = None;
        facts.account_manager = Some(room.manager.member());
        room.world.insert(ctx, &facts, None).await;
        store::testing::migrate_again(&ctx.store, "m20261122_000060_program_shape").await;
        let stored = ctx.store.referrals().load(facts.id).await.unwrap().unwrap();
        let promised = stored.facts.terms.disclosure.benefit.clone().unwrap();
        assert_eq!((promised.kind, promised.text.de.as_str()), (WinKind::Saving, "Begleiteter Start"));

        let mut program = room.program(ctx).await;
        program.benefit_kind = None;
        program.won_means = WonMeans::Paid;
        let power = room.world.marketing.program_managing().unwrap();
        save_program(ctx, &power, &program).await.unwrap();
        room.go(ctx, facts.id, Move::Forward(Step::Won)).await.unwrap();
        let owed = ctx.store.rewards().of_referral(facts.id).await.unwrap().benefit.unwrap();
        assert_eq!(owed.benefit.kind, WinKind::Saving);
        let stored = ctx.store.referrals().load(facts.id).await.unwrap().unwrap();
        assert_eq!(stored.facts.terms.won_means, WonMeans::Signed, "as it was promised");

        // A programme that says of which kind its benefit is, and not what it is, has promised nothing.
        let nameless = Program {
            benefit: Bilingual::default(),
            benefit_kind: Some(WinKind::Saving),
            ..room.program(ctx).await
        };
        let tx = ctx.store.begin().await.unwrap();
        tx.update_program(&stage_hand().program_managing().unwrap(), &nameless).await.unwrap();
        tx.commit().await.unwrap();
        let mut before = room.world.facts(ctx, vec![room.world.credit.clone()], None);
        before.terms.disclosure.benefit = None;
        room.world.insert(ctx, &before, None).await;
        store::testing::migrate_again(&ctx.store, "m20261122_000060_program_shape").await;
        let stored = ctx.store.referrals().load(before.id).await.unwrap().unwrap();
        assert_eq!(stored.facts.terms.disclosure.benefit, None);
        house.close().await;
    }
}

#[tokio::test]
async fn a_deal_is_the_size_of_what_is_won_and_its_record_is_in_the_audit_log() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let room = Room::new(&house).await;
        let id = room.referral(ctx, Step::Accepted).await;
        let go = async |action: Move, deal: Amount| {
            let version = ctx.store.referrals().load(id).await.unwrap().unwrap().version;
            let command = MoveStage { referral: id, action, deal: Some(deal), note: None, version };
            move_stage(ctx, &room.manager, command).await
        };
        let lost = Closing::Lost(LossReason::Timing, Reason::parse("Kein Budget").unwrap());
        for action in [Move::Forward(Step::Qualified), Move::Close(lost)] {
            let refused = go(action, euros(9_000)).await.unwrap_err();
            assert!(matches!(refused, MoveStageError::DealNotWon), "{refused}");
        }
        let francs = Amount::new(900_000, Unit::Money(Currency::CHF)).unwrap();
        let refused = go(Move::Forward(Step::Won), francs).await.unwrap_err();
        assert!(matches!(refused, MoveStageError::Currency), "{refused}");
        let stored = ctx.store.referrals().load(id).await.unwrap().unwrap();
        assert_eq!(
            (stored.deal, stored.facts.position.stage()),
            (None, Stage::Accepted),
            "nothing has changed"
        );
        assert_eq!(store::testing::audited(&ctx.store, "referrals.record_deal").await, 0);
        go(Move::Forward(Step::Won), euros(9_000)).await.unwrap();
        let stored = ctx.store.referrals().load(id).await.unwrap().unwrap();
        assert_eq!(stored.deal, Some(euros(9_000)));
        assert_eq!(store::testing::audited(&ctx.store, "referrals.record_deal").await, 1);
        house.close().await;
    }
}
