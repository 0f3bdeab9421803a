tiers-title = Tiers
tiers-lede = Your tier rises by itself as soon as all conditions are met.
tiers-yours = Your tier
tiers-none = No tier yet
tiers-since = since { $date }
tiers-missing = { $n ->
    [one] One thing is missing for { $tier }.
   *[other] { $n } things are missing for { $tier }.
}
tiers-top = There is nothing higher. Thank you.
tiers-next-brings = { $tier } brings: { $benefits }.
tiers-see-rules = See the rules
tiers-progress = { $have } of { $need }
tiers-progress-done = { $rule }, done
tiers-term = Appointment as ambassador
tiers-all-rules = All conditions of a tier, and of every tier below it, must be met. They are counted at each step of your referrals. A single step never lowers your tier.
tiers-brings = What { $tier } brings
tiers-takes = What it takes
tiers-current = Your tier
tiers-history = Your path
tiers-history-of = Path through the tiers
tiers-history-by = through the referral
tiers-history-recount = by the daily count, under new conditions
tiers-history-line = { $date }: reached { $tier }
tier-rule-won = { $n ->
    [one] one referral that becomes a customer
   *[other] { $n } referrals that become customers
}
tier-rule-qualified = { $n ->
    [one] one referral with a confirmed need
   *[other] { $n } referrals with a confirmed need
}
tier-rule-other = { $n } times { $metric }
tier-rule-in-year = { $rule }, within 12 months

manage-tiers-title = Tiers
manage-tiers-lede = Who reaches which tier and what it brings. Changes count from a referral's next step on; nobody loses a tier by them.
manage-tiers-people = { $n ->
    [one] 1 person
   *[other] { $n } people
}
manage-tiers-who = Who reaches { $tier }
manage-tiers-all = All conditions must be met, those of the tiers below included.
manage-tiers-term = An appointment is needed as well.
manage-tiers-metric = Measure { $n }
manage-tiers-at-least = at least
manage-tiers-value = Value { $n }
manage-tiers-period = Period { $n }
manage-tiers-unused = – no condition –
manage-tiers-name-de = Name in German
manage-tiers-name-en = Name in English
manage-tiers-benefits-de = What it brings, in German
manage-tiers-benefits-en = What it brings, in English
manage-tiers-save = Save the tier
metric-won-referrals = Won referrals
metric-qualified-referrals = Referrals with a confirmed need
period-lifetime = in all
period-rolling-year = within 12 months

flash-tier-saved = The tier is saved.
error-tier-no-rule = A tier needs at least one condition.
error-tier-zero = A condition starts at 1.
error-tier-not-counted = Nothing counts this yet. Please choose another measure.
error-tier-easier = A higher tier must not be easier than one below it.
error-not-a-number = Please enter a whole number.
nav-tiers = Tiers
home-standing = Where you stand
manage-tiers-brings = What it brings

mail-tier-subject = Your new tier: { $tier }
mail-tier = Your referrals have raised you to the tier { $tier } at { $host }.
mail-tier-brings = What it brings: { $benefits }
mail-tier-button = See tiers
