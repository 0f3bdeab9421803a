//! Whoever looks after a company looks after its referrals, from the moment they do until they leave.

use domain::{
    ids::MemberId,
    members::{Actor, Role, RoleSet},
    referrals::{Facts, Step},
    rewards::Side,
};
use services::{
    Ctx,
    accounts::{self, AccountCommand},
    imports::{Importing, import_customers},
    members::{change_roles, set_access},
    referrals::{detail_for_staff, duties, reach, withdraw},
    testing::TestHouse,
};
use store::{referrals::Place, testing::audited};

use crate::rewards_world::{World, lines, member, move_to};

struct Desks {
    world: World,
    administrator: Actor,
    miriam: Actor,
    jonas: Actor,
    /// Open, won with a benefit that is still owed, and ended; all of them Miriam's.
    open: Facts,
    won: Facts,
    ended: Facts,
}

impl Desks {
    async fn new(house: &TestHouse) -> Self {
        let ctx = &house.ctx;
        let world = World::new(house).await;
        let administrator = member(ctx, None, Role::Administrator, "Tom Amt").await;
        let miriam = member(ctx, None, Role::AccountManager, "Miriam Vogt").await;
        let jonas = member(ctx, None, Role::AccountManager, "Jonas Falk").await;
        let made = async || {
            let offers = vec![world.nothing.clone()];
            let mut facts = world.facts(ctx, offers, Some(world.nothing.id));
            facts.account_manager = Some(miriam.member);
            world.insert(ctx, &facts, None).await;
            facts
        };
        let (open, mut won, ended) = (made().await, made().await, made().await);
        let desks = Self { open, won: won.clone(), ended, world, administrator, miriam, jonas };
        desks.assign(ctx, miriam.member).await;
        move_to(ctx, &mut won, Step::Won).await;
        let referrer = desks.world.advocate.referrer().unwrap();
        withdraw(ctx, &referrer, desks.ended.id, 0).await.unwrap();
        Self { won, ..desks }
    }

    async fn assign(&self, ctx: &Ctx, manager: MemberId) {
        let known = ctx.store.accounts().details(self.world.account).await.unwrap().unwrap();
        let command = AccountCommand { fields: known.fields, domains: known.domains, manager: Some(manager) };
        let power = self.administrator.inviting().unwrap();
        accounts::change(ctx, power, self.world.account, command, known.version).await.unwrap();
    }

    async fn manager_of(&self, ctx: &Ctx, facts: &Facts) -> Option<MemberId> {
        ctx.store.referrals().load(facts.id).await.unwrap().unwrap().facts.account_manager
    }

    /// Who delivers the benefit of the won one.
    async fn delivers(&self, ctx: &Ctx) -> Option<MemberId> {
        let lines = lines(ctx, &self.won).await;
        let owed = lines.into_iter().find(|line| line.side == Side::Contact).unwrap();
        owed.delivery.unwrap().owner
    }

    /// Open, won, ended, benefit: whose they are.
    async fn whose(&self, ctx: &Ctx) -> [Option<MemberId>; 4] {
        [
            self.manager_of(ctx, &self.open).await,
            self.manager_of(ctx, &self.won).await,
            self.manager_of(ctx, &self.ended).await,
            self.delivers(ctx).await,
        ]
    }

    /// What this account manager has on the board, and whether they can open the referral.
    async fn sees(&self, ctx: &Ctx, manager: &Actor) -> (usize, bool) {
        let theirs = duties(ctx, manager.member).await.unwrap();
        let reach = reach(manager.member, &theirs);
        let places = [Place::Stage(self.open.position.stage())];
        let board = ctx.store.referrals().board(&reach, &places, 9).await.unwrap();
        let power = manager.account_managing(theirs).unwrap();
        (board.len(), detail_for_staff(ctx, &power, self.open.id).await.unwrap().is_some())
    }

    async fn default_owner(&self, ctx: &Ctx, owner: MemberId) {
        let tx = ctx.store.begin().await.unwrap();
        let json = serde_json::json!(owner);
        tx.set_setting(services::settings::DEFAULT_OWNER, &json, ctx.now()).await.unwrap();
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn referrals_follow_their_company_to_another_account_manager() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let desks = Desks::new(&house).await;
        // What is nobody's is Nina's here: what follows is seen by whoever is assigned alone.
        let nina = member(ctx, None, Role::AccountManager, "Nina Rot").await;
        desks.default_owner(ctx, nina.member).await;
        let (old, new) = (Some(desks.miriam.member), Some(desks.jonas.member));
        assert_eq!(desks.whose(ctx).await, [old, old, old, old]);
        let version = ctx.store.referrals().load(desks.open.id).await.unwrap().unwrap().version;
        assert_eq!(audited(&ctx.store, "referrals.hand_over").await, 0, "nothing has changed hands yet");

        desks.assign(ctx, desks.jonas.member).await;
        assert_eq!(desks.whose(ctx).await, [new, new, old, new], "what has ended stays");
        assert_eq!(desks.sees(ctx, &desks.jonas).await, (1, true));
        assert_eq!(desks.sees(ctx, &desks.miriam).await, (0, false));
        let stored = ctx.store.referrals().load(desks.open.id).await.unwrap().unwrap();
        assert_eq!(stored.version, version + 1, "a form that shows the old one is no longer taken");
        assert_eq!(audited(&ctx.store, "referrals.hand_over").await, 1);

        // An import that assigns somebody does the same; read again, it changes nothing.
        let email = ctx.store.members().details(desks.miriam.member).await.unwrap().unwrap().email;
        let text = format!("Firma;Domains;Land;Betreuer\nPolar Kältetechnik;polar.example;DE;{email}\n");
        for _ in 0..2 {
            import_customers(ctx, &text, &Importing::default()).await.unwrap();
            assert_eq!(desks.whose(ctx).await, [old, old, old, old]);
            assert_eq!(audited(&ctx.store, "referrals.hand_over").await, 2);
        }
        house.close().await;
    }
}

#[tokio::test]
async fn what_a_leaving_account_manager_had_goes_to_whoever_is_in_charge() {
    for by_role in [false, true] {
        for house in TestHouse::all().await {
            let ctx = &house.ctx;
            let desks = Desks::new(&house).await;
            desks.default_owner(ctx, desks.jonas.member).await;
            assert_eq!(desks.sees(ctx, &desks.jonas).await, (0, false));
            let (power, left) = (desks.administrator.administering().unwrap(), desks.miriam.member);
            if by_role {
                let roles = RoleSet::EMPTY.with(Role::Marketing);
                change_roles(ctx, power, left, roles, 0).await.unwrap();
            } else {
                set_access(ctx, power, left, false).await.unwrap();
            }
            let owner = Some(desks.jonas.member);
            assert_eq!(desks.whose(ctx).await, [None, None, Some(left), owner]);
            assert_eq!(desks.sees(ctx, &desks.jonas).await, (1, true));
            let account = ctx.store.accounts().details(desks.world.account).await.unwrap().unwrap();
            assert_eq!(account.manager, None, "new referrals are not the leaver's either");
            // A referral that was made at the same moment still names them: what is owed now goes to whoever is in charge.
            let mut late = desks.world.facts(ctx, vec![desks.world.nothing.clone()], None);
            late.account_manager = Some(left);
            desks.world.insert(ctx, &late, None).await;
            move_to(ctx, &mut late, Step::Won).await;
            let owed = lines(ctx, &late).await.into_iter().find(|line| line.side == Side::Contact).unwrap();
            assert_eq!(owed.delivery.unwrap().owner, owner);
            assert_eq!(audited(&ctx.store, "referrals.leave").await, 1);
            house.close().await;
        }
    }
}
