//! The compliance matrix: what the law of a market lets a receiver have. The most restrictive rule wins. And how long what
//! is kept.

mod retention;

pub use retention::Kept;

use crate::{accounts::RecipientKind, incentives::IncentiveKind, text::Country};

codes! {
    /// What a rule says; the later beats the earlier.
    pub enum Effect {
        /// It may be given.
        Allow => "allow",
        /// Counsel decides each time.
        Approval => "approval",
        /// It may not be given.
        Forbid => "forbid",
    }
}

/// A rule of the matrix; what is `None` matches everything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatrixRule {
    /// Which rule.
    pub code: String,
    /// Which version of it.
    pub version: u32,
    /// In which market.
    pub market: Country,
    /// For which kind of receiver.
    pub recipient: Option<RecipientKind>,
    /// For which kind of incentive.
    pub kind: Option<IncentiveKind>,
    /// What it says.
    pub effect: Effect,
}

/// What is known about a receiver's company.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReceiverFacts {
    /// Its market.
    pub market: Option<Country>,
    /// Its kind.
    pub recipient: RecipientKind,
}

/// A decision, with the rules that made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What holds.
    pub effect: Effect,
    /// Code and version of every rule that matched; none, if no rule knows the market.
    pub rules: Vec<(String, u32)>,
}

/// Decides for one receiver. An unknown value matches every rule, and a market without a rule is forbidden.
pub fn decide(matrix: &[MatrixRule], receiver: ReceiverFacts, kind: IncentiveKind) -> Decision {
    if kind == IncentiveKind::None {
        return Decision { effect: Effect::Allow, rules: Vec::new() };
    }
    let unknown = receiver.recipient == RecipientKind::Unknown;
    let matches = |rule: &&MatrixRule| {
        receiver.market.is_none_or(|market| market == rule.market)
            && (unknown || rule.recipient.is_none_or(|recipient| recipient == receiver.recipient))
            && rule.kind.is_none_or(|of| of == kind)
    };
    let matched: Vec<_> = matrix.iter().filter(matches).collect();
    Decision {
        effect: matched.iter().map(|rule| rule.effect).max().unwrap_or(Effect::Forbid),
        rules: matched.iter().map(|rule| (rule.code.clone(), rule.version)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(code: &str, recipient: Option<RecipientKind>, effect: Effect) -> MatrixRule {
        MatrixRule { code: code.to_owned(), version: 1, market: Country::DE, recipient, kind: None, effect }
    }

    fn effect(market: Option<Country>, recipient: RecipientKind) -> Effect {
        let matrix = [
            rule("base", None, Effect::Allow),
            rule("legal", Some(RecipientKind::LegalProfession), Effect::Approval),
            rule("officials", Some(RecipientKind::PublicBody), Effect::Forbid),
        ];
        decide(&matrix, ReceiverFacts { market, recipient }, IncentiveKind::Donation).effect
    }

    #[test]
    fn the_most_restrictive_rule_wins() {
        assert_eq!(effect(Some(Country::DE), RecipientKind::PrivateCompany), Effect::Allow);
        assert_eq!(effect(Some(Country::DE), RecipientKind::LegalProfession), Effect::Approval);
        assert_eq!(effect(Some(Country::DE), RecipientKind::PublicBody), Effect::Forbid);
    }

    #[test]
    fn what_is_unknown_matches_every_rule() {
        assert_eq!(effect(Some(Country::DE), RecipientKind::Unknown), Effect::Forbid);
        assert_eq!(effect(None, RecipientKind::PrivateCompany), Effect::Allow);
        assert_eq!(
            effect(Some(Country::CH), RecipientKind::PrivateCompany),
            Effect::Forbid,
            "no rule for a market"
        );
    }
}
