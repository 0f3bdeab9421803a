//! A referral is taken by rule, where the installation wants it so.

use domain::{
    consent::ConsentState,
    referrals::{Event, EventKind, Move, Mover, Referral, Step},
};

use super::settings;
use crate::Ctx;

/// Takes a referral whose contact has agreed in these events, if that is the rule; otherwise it stays as it is.
pub(crate) fn accept_by_rule(
    ctx: &Ctx,
    referral: Referral,
    mut events: Vec<Event>,
) -> (Referral, Vec<Event>) {
    let (rules, _) = settings(ctx);
    let agreed =
        |event: &Event| matches!(event.kind, EventKind::ConsentChanged { to: ConsentState::Given, .. });
    if !rules.accept_by_rule || !events.iter().any(agreed) {
        return (referral, events);
    }
    let taken = referral.clone().apply(Move::Forward(Step::Accepted), &Mover::System, ctx.now(), &rules);
    match taken {
        Ok((taken, more)) => {
            events.extend(more);
            (taken, events)
        }
        Err(_) => (referral, events),
    }
}
