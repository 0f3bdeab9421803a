# Suspected misuse, for marketing
fraud-title = Suspected misuse
fraud-lede = What the portal has noticed about referrals. As long as a case is open, rewards of the referrals concerned are held. A reason is no proof: somebody looks and decides.
fraud-open = Open
fraud-decided = Decided
fraud-none = No case is open.
fraud-none-help = Once enough speaks against a referral, a case of its advocate stands here.
fraud-none-decided = No case has been decided yet.
fraud-none-decided-help = Decided cases stay here, with who decided and why.
fraud-person = Person
fraud-score = Weight
fraud-state = State
fraud-since = Since
fraud-case = Case: { $name }
fraud-opened = Open since { $date }, weight { $score }
fraud-reasons = What speaks for it
fraud-reasons-help = Each reason counts once, however many referrals it concerns. Administrators set the weights.
fraud-reason = Reason
fraud-weight = Weight
fraud-referrals = Referrals
fraud-evidence = What was found
fraud-referral = Recommended company
fraud-found-at = When
fraud-rewards = Rewards concerned
fraud-no-rewards = These referrals have earned nothing so far. What they earn while the case is open is held.
fraud-more-rewards = There are more than these. All of them are concerned.
fraud-to-case = To the case of suspected misuse
fraud-decision = Decision
fraud-verdict = What is it?
fraud-why = Reason
fraud-why-help = Where it was misuse, { $name } reads this beside the rewards that are taken back. Name no contact.
fraud-decide = Record the decision
fraud-decided-by = { $name }, { $date }
fraud-typed = Not recorded, because somebody else was faster:
flash-case-decided = The decision is recorded.
error-own-case = Somebody else decides about your own case and about those of your company.
error-case-decided = This case is decided already.
error-verdict-missing = Please choose one.

fraud-state-open = Open
fraud-state-confirmed = Misuse
fraud-state-false-alarm = False alarm

fraud-verdict-confirmed = Misuse: everything that these referrals have earned is taken back
fraud-verdict-false-alarm = False alarm: everything is as it was

fraud-name-same-person = Same person
fraud-name-colleague = Colleague
fraud-name-same-company = Own company
fraud-name-known-mailbox = Known mailbox
fraud-name-disposable = Disposable address
fraud-name-velocity = Many referrals
fraud-name-shared-address = One network address
fraud-name-quick-win = Very quick deal

fraud-reason-same-person = The contact has the name or the mailbox of the advocate.
fraud-reason-colleague = The contact has the mailbox of a colleague of the advocate.
fraud-reason-same-company = The recommended company is the advocate's own, by its name or its domain.
fraud-reason-known-mailbox = The contact's mailbox stands in another referral of the advocate.
fraud-reason-disposable = The contact's address is of a provider of disposable mailboxes.
fraud-reason-velocity = The advocate has made many referrals in a short time.
fraud-reason-shared-address = Many contacts of the advocate came from one network address on one day.
fraud-reason-quick-win = The deal was won very soon after the referral was accepted.

fraud-found-velocity = { $n } referrals of the advocate in a short time.
fraud-found-shared-address = { $n } contacts of the advocate from one network address on one day.
fraud-found-quick-win = { $n ->
    [0] Won less than a minute after it was accepted.
    [one] Won one minute after it was accepted.
   *[other] Won { $n } minutes after it was accepted.
}

settings-fraud-help = Counts for what happens from now on. A weight of 0 switches a check off; each may weigh up to 1000.
settings-fraud-threshold = Weight from which a case is opened
settings-fraud-threshold-help = 1 to 1000. What weighs less is noted, and joins once a case about the same person is open.
settings-fraud-referrals = Many referrals: from how many on
settings-fraud-referrals-help = Of one advocate, within the hours of the next field. 2 to 200.
settings-fraud-hours = Many referrals: within how many hours
settings-fraud-hours-help = 1 to 720.
settings-fraud-contacts = One network address: from how many contacts on
settings-fraud-contacts-help = Of one advocate, on one day. 2 to 200. Network addresses are compared by a hash that belongs to its day alone.
settings-fraud-minutes = Very quick deal: within how many minutes
settings-fraud-minutes-help = From accepted to won. 1 to 10080, which is a week.

job-settle-case = Take back what a case of misuse is about
