win-title = Triple win
win-range = { $from } to { $to }
win-sentence-start = { $n ->
    [one] One referral has brought
   *[other] { $n } referrals have brought
}
win-sentence-customers = { $n ->
    [0] no new customer yet,
    [one] one new customer,
   *[other] { $n } new customers,
}
win-sentence-rewards = { $n ->
    [0] no reward yet and
    [one] one reward and
   *[other] { $n } rewards and
}
win-sentence-benefits = { $n ->
    [0] no benefit yet.
    [one] one benefit.
   *[other] { $n } benefits.
}
win-mark-advocates = advocates
win-mark-customers = new customers
win-advocates = Advocates
win-customers = New customers
win-empty = There is nothing to show yet: the first entry is made as soon as a referral is accepted.
win-figure-customers = { $n ->
    [one] 1 new customer
   *[other] { $n } new customers
}
win-figure-customers-of = { $n ->
    [one] from one introduction ({ $percent } %)
   *[other] from { $n } introductions ({ $percent } %)
}
win-figure-rewards = { $n ->
    [one] 1 reward
   *[other] { $n } rewards
}
win-figure-benefits = { $n ->
    [one] 1 benefit
   *[other] { $n } benefits
}
win-figure-benefits-of = { $n ->
    [one] for one new customer, with proof
   *[other] among { $n } new customers, with proof
}
win-chart-customers = New customers per quarter
win-chart-rewards = Rewards delivered per quarter
win-chart-benefits = Benefits delivered per quarter
win-chart-title = { $what }: { $values }
win-revenue = First-year revenue together, as a range
win-donations = All donations together, as a range
win-benefits-worth = Worth of all benefits together, as a range
win-band = { $from } to { $below }
win-not-yet = Not enough data yet: { $have } of { $need } amounts that are older than 30 days.
win-who-gives = Who gives to whom?
win-how = How we count
win-how-text = Every figure is the number of entries in the triple-win record, and every entry has its evidence: the accepted referral, the deal, the delivery with its proof. Amounts of others appear as a range only, from five amounts on and after 30 days. When the evidence is taken back, its entry goes.
win-gives-to = gives to
win-flow-introductions = { $n ->
    [one] 1 introduction
   *[other] { $n } introductions
}
win-flow-orders = { $n ->
    [one] 1 order
   *[other] { $n } orders
}
win-flow-host-why = accepted referrals with consent
win-flow-customer-why = those of them that became customers
win-flow-orders-why = amounts as a range only, after 30 days, from five orders on
win-flow-rewards-why = delivered, with proof
win-flow-benefits-why = promised in the contract, with proof
win-flow-title = Who gives to whom: { $lines }
win-table = Figures per quarter
win-period = Period
win-quarter = Quarter { $q }, { $year }
win-quarter-running = Quarter { $q }, { $year }, until { $date }
win-introductions = Introductions
win-new-customers = New customers
win-rewards = Rewards
win-benefits = Benefits
win-all-time = In all
win-csv = Table as CSV
win-rewards-kinds = of which { $kinds }
win-kind-money = money
win-kind-saving = saving
win-kind-access = access
win-kind-introduction = introduction
win-kind-donation = donation
win-kind-standing = standing
win-kind-time = time

win-panel-of = { $n ->
    [0] As soon as your first referral is accepted, this shows what it has brought all three.
    [one] From your accepted referral
   *[other] From your { $n } accepted referrals
}
win-panel-reciprocity = Given and received: { $given ->
    [one] one introduction
   *[other] { $given } introductions
} given, { $received ->
    [0] none yet
    [one] one
   *[other] { $received }
} received.
win-panel-all = See everything
win-panel-company = New customers for { $host }
win-panel-advocate = Rewards delivered
win-panel-customer = Benefits for new customers

win-referral-title = What this referral has brought
win-referral-empty = Nothing yet. The first entry comes with the acceptance.
win-referral-new-customer = New customer
win-referral-advocate = Advocate
win-seen-up-to = { $amount } at most
win-seen-not-yet = amount not visible yet
win-cause-accepted = referral accepted
win-cause-won = became a customer
win-cause-reward-fulfilled = reward delivered
win-cause-benefit-fulfilled = benefit delivered
nav-triple-win = Triple win
