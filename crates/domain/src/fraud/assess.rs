//! From what is known of a referral to the reasons that speak against it, and what they weigh together.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};

use super::{FraudRules, Mailbox, is_disposable};
use crate::{
    accounts::WorkDomain,
    text::{CompanyName, EmailAddress, PersonName},
};

codes! {
    /// What speaks for misuse. None of them proves it.
    pub enum FraudReason {
        /// The contact has the name or the mailbox of the advocate.
        SamePerson => "same_person",
        /// The contact has the mailbox of a colleague at the advocate's company.
        Colleague => "colleague",
        /// The recommended company is the advocate's own, by name or by domain.
        SameCompany => "same_company",
        /// The contact's mailbox stands in another referral of the same advocate.
        KnownMailbox => "known_mailbox",
        /// The contact's address is of a provider of disposable mailboxes.
        Disposable => "disposable",
        /// The advocate has made very many referrals in a short time.
        Velocity => "velocity",
        /// Very many contacts of the advocate have come from one network address on one day.
        SharedAddress => "shared_address",
        /// The deal was won very soon after the referral was accepted.
        QuickWin => "quick_win",
    }
}

/// Who recommends, as far as checks compare it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdvocateFacts {
    /// Their name.
    pub name: PersonName,
    /// The address they sign in with.
    pub mail: EmailAddress,
    /// Their company.
    pub company: CompanyName,
    /// Its registrable domains.
    pub domains: Vec<WorkDomain>,
    /// The mailboxes of others at their company.
    pub colleagues: BTreeSet<Mailbox>,
}

/// A contact who has agreed, as far as checks compare it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactFacts {
    /// Their name.
    pub name: PersonName,
    /// Their address; `None` for somebody who was spoken to.
    pub mail: Option<EmailAddress>,
    /// Whether their mailbox stands in another referral of the same advocate.
    pub known: bool,
    /// How many contacts of the advocate have come from the same network address within one salt day, this one among them.
    pub from_address: u32,
}

/// Everything that the checks look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FraudFacts {
    /// Who recommends.
    pub advocate: AdvocateFacts,
    /// The recommended company.
    pub company: CompanyName,
    /// Its registrable domain, once somebody has entered a work address.
    pub domain: Option<WorkDomain>,
    /// Who has agreed. What somebody enters who never confirms it counts for nothing: it may be entered by anybody.
    pub contacts: Vec<ContactFacts>,
    /// How many referrals the advocate has made within the window of [`FraudRules::velocity_hours`], this one among them.
    pub referrals: u32,
    /// How long it took from accepted to won, where it is won.
    pub won_after: Option<TimeDelta>,
}

/// A reason that is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Met {
    /// Which.
    pub reason: FraudReason,
    /// What it weighs.
    pub weight: u16,
    /// What was counted: referrals, contacts or minutes; `None` where there is nothing to count.
    pub count: Option<u32>,
}

/// The reasons that are met, each once, in their order. The same facts give the same reasons.
pub fn assess(facts: &FraudFacts, rules: &FraudRules) -> Vec<Met> {
    let met = |reason: FraudReason| match reason {
        FraudReason::SamePerson => facts.contacts.iter().any(|one| facts.is_advocate(one)).then_some(None),
        FraudReason::Colleague => {
            facts.mailboxes().any(|one| facts.advocate.colleagues.contains(&one)).then_some(None)
        }
        FraudReason::SameCompany => facts.is_own_company().then_some(None),
        FraudReason::KnownMailbox => facts.contacts.iter().any(|one| one.known).then_some(None),
        FraudReason::Disposable => facts.mails().any(is_disposable).then_some(None),
        FraudReason::Velocity => many(facts.referrals, rules.velocity_referrals),
        FraudReason::SharedAddress => {
            let most = facts.contacts.iter().map(|one| one.from_address).max();
            many(most.unwrap_or(0), rules.address_contacts)
        }
        FraudReason::QuickWin => facts.won_after.and_then(|after| {
            let quick = after <= TimeDelta::minutes(rules.quick_minutes.into());
            quick.then(|| u32::try_from(after.num_minutes().max(0)).ok())
        }),
    };
    let weighed = |reason: &FraudReason| rules.weight(*reason).map(|weight| (*reason, weight));
    let found = FraudReason::ALL.iter().filter_map(weighed);
    found.filter_map(|(reason, weight)| met(reason).map(|count| Met { reason, weight, count })).collect()
}

fn many(number: u32, limit: u16) -> Option<Option<u32>> {
    (number >= limit.into()).then_some(Some(number))
}

/// Of referrals in the order in which they were made, the most that were made within one window around a moment.
pub fn busiest<T>(
    made: &[(T, DateTime<Utc>)],
    at: DateTime<Utc>,
    window: TimeDelta,
) -> &[(T, DateTime<Utc>)] {
    let from = |start: usize| {
        let end = made.partition_point(|(_, other)| *other < made[start].1 + window);
        &made[start..end]
    };
    let starts = (0..made.len()).filter(|start| made[*start].1 <= at && at < made[*start].1 + window);
    starts.map(from).max_by_key(|some| some.len()).unwrap_or_default()
}

/// What reasons weigh together: each counts once, however often it was met, with the heaviest weight it had.
pub fn score(reasons: impl IntoIterator<Item = (FraudReason, u16)>) -> u32 {
    let mut heaviest: BTreeMap<FraudReason, u16> = BTreeMap::new();
    for (reason, weight) in reasons {
        let known = heaviest.entry(reason).or_default();
        *known = weight.max(*known);
    }
    heaviest.values().map(|weight| u32::from(*weight)).sum()
}

impl FraudFacts {
    fn mails(&self) -> impl Iterator<Item = &EmailAddress> {
        self.contacts.iter().filter_map(|contact| contact.mail.as_ref())
    }

    fn mailboxes(&self) -> impl Iterator<Item = Mailbox> {
        self.mails().map(Mailbox::of)
    }

    fn is_advocate(&self, contact: &ContactFacts) -> bool {
        let mailbox = contact.mail.as_ref().map(Mailbox::of);
        contact.name.key() == self.advocate.name.key() || mailbox == Some(Mailbox::of(&self.advocate.mail))
    }

    fn is_own_company(&self) -> bool {
        // Whoever signs in with an address of another domain than their company's is at home there as well.
        let own = |domain: &WorkDomain| {
            self.advocate.domains.contains(domain)
                || WorkDomain::of(&self.advocate.mail).as_ref() == Some(domain)
        };
        self.company.key() == self.advocate.company.key()
            || self.domain.as_ref().is_some_and(own)
            || self.mails().filter_map(WorkDomain::of).any(|domain| own(&domain))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn mail(address: &str) -> EmailAddress {
        EmailAddress::parse(address).unwrap()
    }

    fn facts() -> FraudFacts {
        FraudFacts {
            advocate: AdvocateFacts {
                name: PersonName::parse("Anna Berger").unwrap(),
                mail: mail("anna.berger@gmail.com"),
                company: CompanyName::parse("Polar Kältetechnik GmbH").unwrap(),
                domains: vec![WorkDomain::parse("polar.example").unwrap()],
                colleagues: [Mailbox::of(&mail("bea@gmx.de"))].into(),
            },
            company: CompanyName::parse("Ravensteiner Hydraulik GmbH").unwrap(),
            domain: None,
            contacts: vec![contact("Tom Falk", "t.falk@ravensteiner.example")],
            referrals: 1,
            won_after: None,
        }
    }

    fn contact(name: &str, address: &str) -> ContactFacts {
        let name = PersonName::parse(name).unwrap();
        ContactFacts { name, mail: Some(mail(address)), known: false, from_address: 1 }
    }

    fn reasons(facts: &FraudFacts) -> Vec<FraudReason> {
        assess(facts, &FraudRules::default()).into_iter().map(|met| met.reason).collect()
    }

    fn with(contact: ContactFacts) -> Vec<FraudReason> {
        reasons(&FraudFacts { contacts: vec![contact], ..facts() })
    }

    #[test]
    fn an_ordinary_referral_gives_no_reason() {
        assert_eq!(reasons(&facts()), []);
    }

    #[test]
    fn one_recommends_oneself_under_another_spelling() {
        assert_eq!(with(contact("A. B.", "annaberger+neu@googlemail.com")), [FraudReason::SamePerson]);
        assert_eq!(with(contact("anna  BERGER", "a@fern.example")), [FraudReason::SamePerson]);
        assert_eq!(with(contact("Bea Kurz", "bea+x@gmx.de")), [FraudReason::Colleague]);
    }

    #[test]
    fn the_own_company_is_known_by_name_and_by_domain() {
        let company = CompanyName::parse("POLAR Kaeltetechnik").unwrap();
        assert_eq!(reasons(&FraudFacts { company, ..facts() }), [FraudReason::SameCompany]);
        let domain = WorkDomain::parse("polar.example").ok();
        assert_eq!(reasons(&FraudFacts { domain, ..facts() }), [FraudReason::SameCompany]);
        assert_eq!(with(contact("Tom Falk", "tom@werk.polar.example")), [FraudReason::SameCompany]);
        let mut elsewhere = facts();
        elsewhere.advocate.mail = mail("anna@ravensteiner.example");
        assert_eq!(reasons(&elsewhere), [FraudReason::SameCompany], "the domain they sign in with");
    }

    #[test]
    fn what_is_counted_is_said() {
        let many = FraudFacts { referrals: 10, won_after: Some(TimeDelta::minutes(4)), ..facts() };
        let met = assess(&many, &FraudRules::default());
        assert_eq!(
            met.iter().map(|one| (one.reason, one.count)).collect::<Vec<_>>(),
            [(FraudReason::Velocity, Some(10)), (FraudReason::QuickWin, Some(4)),]
        );
        let slow = FraudFacts { referrals: 9, won_after: Some(TimeDelta::minutes(61)), ..facts() };
        assert_eq!(reasons(&slow), []);
        let crowd = ContactFacts { from_address: 5, ..contact("Tom Falk", "tom@fern.example") };
        assert_eq!(with(crowd), [FraudReason::SharedAddress]);
    }

    #[test]
    fn the_busiest_window_around_a_moment_counts() {
        let noon = crate::referrals::testing::noon();
        let made: Vec<_> = [0, 1, 2, 30, 31, 49].map(|hours| (hours, noon + TimeDelta::hours(hours))).into();
        let around = |hours| {
            let found = busiest(&made, noon + TimeDelta::hours(hours), TimeDelta::hours(24));
            found.iter().map(|(hours, _)| *hours).collect::<Vec<_>>()
        };
        assert_eq!(around(0), [0, 1, 2]);
        assert_eq!(around(30), [30, 31, 49], "whichever of them is looked at first");
        assert_eq!(around(49), [30, 31, 49]);
        assert_eq!(around(200), Vec::<i64>::new());
    }

    #[test]
    fn a_weight_of_nothing_switches_a_check_off() {
        let thrown = FraudFacts { contacts: vec![contact("Tom Falk", "tom@mailinator.com")], ..facts() };
        assert_eq!(reasons(&thrown), [FraudReason::Disposable]);
        let off = FraudRules { disposable: 0, ..FraudRules::default() };
        assert!(assess(&thrown, &off).is_empty());
    }

    #[test]
    fn the_defaults_make_sense() {
        assert_eq!(FraudRules::default().senseless(), None);
        assert_eq!(FraudRules { threshold: 0, ..FraudRules::default() }.senseless(), Some("threshold"));
        assert_eq!(FraudRules { quick_win: 1001, ..FraudRules::default() }.senseless(), Some("quick_win"));
    }

    fn any_facts() -> impl Strategy<Value = FraudFacts> {
        let addresses =
            ["anna.berger@gmail.com", "bea@gmx.de", "x@polar.example", "x@mailinator.com", "x@fern.example"];
        let one = (prop::sample::select(addresses.to_vec()), any::<bool>(), any::<bool>(), 0..9u32);
        (prop::collection::vec(one, 0..4), 0..20u32, prop::option::of(0..200i64)).prop_map(
            |(contacts, referrals, minutes)| FraudFacts {
                contacts: contacts
                    .into_iter()
                    .map(|(address, own_name, known, from_address)| ContactFacts {
                        known,
                        from_address,
                        ..contact(if own_name { "Anna Berger" } else { "Tom Falk" }, address)
                    })
                    .collect(),
                referrals,
                won_after: minutes.map(TimeDelta::minutes),
                ..facts()
            },
        )
    }

    fn total(met: &[Met]) -> u32 {
        score(met.iter().map(|one| (one.reason, one.weight)))
    }

    proptest! {
        #[test]
        fn the_same_facts_give_the_same_reasons(facts in any_facts()) {
            let rules = FraudRules::default();
            prop_assert_eq!(assess(&facts, &rules), assess(&facts.clone(), &rules));
        }

        /// One more contact, one more referral: nothing that is added ever makes a referral look better.
        #[test]
        fn more_facts_never_lower_the_score(facts in any_facts(), more in any_facts()) {
            let rules = FraudRules::default();
            let mut both = facts.clone();
            both.contacts.extend(more.contacts);
            both.referrals += more.referrals;
            prop_assert!(total(&assess(&both, &rules)) >= total(&assess(&facts, &rules)));
        }

        #[test]
        fn more_reasons_never_lower_the_score(
            some in prop::collection::vec((0..FraudReason::ALL.len(), 0..1000u16), 0..12),
            more in (0..FraudReason::ALL.len(), 0..1000u16),
        ) {
            let read = |(index, weight): (usize, u16)| (FraudReason::ALL[index], weight);
            let before = score(some.iter().copied().map(read));
            let after = score(some.iter().copied().chain([more]).map(read));
            prop_assert!(after >= before);
            let reversed = score(some.iter().rev().copied().map(read));
            prop_assert_eq!(before, reversed);
        }
    }
}
