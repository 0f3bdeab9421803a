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
tiers-all-rules = All conditions of a tier, and of every tier below it, must be met. They are counted at each step of your referrals. Whoever no longer meets a tier is warned and keeps it for a time of grace.
tiers-brings = What { $tier } brings
tiers-opens = Can be chosen from there on: { $offers }
tiers-takes = What it takes
tiers-current = Your tier
tiers-history = Your path
tiers-history-of = Path through the tiers
tiers-history-by = through the referral
tiers-history-recount = by the daily count, under new conditions
tiers-history-scheme = by new conditions (version { $n })
tiers-history-put-back = because a change of the tiers was taken back
tiers-history-now = { $date }: now { $tier }
tiers-history-lapsed = when the time of grace was over
tiers-risk = You keep { $tier } until { $date }.
tiers-risk-lapsed = Some of what counts for the tier is more than twelve months old.
tiers-risk-scheme = What the tier takes has changed.
tiers-risk-referral = A referral that counted was corrected.
tiers-risk-todo = What is missing until then stands below. Once you meet it, everything stays as it is.
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
manage-tiers-lede = Who reaches which tier and what it brings. All tiers are changed together, in a draft: before it has any effect, you see whom it moves.
manage-tiers-all = All conditions must be met, those of the tiers below included.
manage-tiers-metric = Tier { $tier }, measure { $n }
manage-tiers-at-least = at least
manage-tiers-value = Tier { $tier }, value { $n }
manage-tiers-period = Tier { $tier }, period { $n }
manage-tiers-unused = – no condition –
manage-tiers-name-de = Name in German
manage-tiers-name-en = Name in English
manage-tiers-benefits-de = What it brings, in German
manage-tiers-benefits-en = What it brings, in English
metric-won-referrals = Won referrals
metric-qualified-referrals = Referrals with a confirmed need
period-lifetime = in all
period-rolling-year = within 12 months

draft-title = Draft of the tiers
draft-lede = All tiers together, the highest first. The draft has no effect until you put it into effect.
draft-tier-n = Tier { $n }
draft-term = An appointment is needed as well (the highest tier only)
draft-add = Add a higher tier
draft-raise = Move tier { $n } up
draft-lower = Move tier { $n } down
draft-remove = Remove tier { $n }
draft-save = Save the draft and see what it does
draft-discard = Discard the draft
draft-begin = Change the tiers
draft-go-on = Edit the draft
draft-stands = Draft of version { $n }, saved on { $date }. It has no effect yet.

preview-title = What the draft would do
preview-lede = Counted from the same figures that tiers are given by. Nothing has changed yet.
preview-rise = rise
preview-fall-short = no longer meet their tier
preview-stay = stay
preview-who-rises = Who rises
preview-who-falls-short = Who no longer meets their tier
preview-who-stays = Who stays
preview-now = have it now
preview-reach = would meet it
preview-gone = goes; whoever has it comes to the next tier below
preview-edit = Edit the draft
preview-person = Person
preview-company = Customer
preview-has = Tier now
preview-reaches = would meet
preview-nobody = Nobody.
preview-nobody-help = The draft moves nobody this way.

effect-title = Put into effect
effect-help = Whoever rises does so at once and is told by mail. Whoever no longer meets their tier is warned, and loses it only after { $grace } days of grace. Members are moved in small steps in the background; for { $undo } days it can be undone.
effect-all = Put into effect for everybody
effect-confirm = Yes, a tier that has members shall be out of everybody’s reach for now
pilot-start = Begin as a pilot
pilot-countries = In some countries first
pilot-countries-label = Countries of the customers
pilot-countries-help = Two letters for each country, for example AT, CH
pilot-managers = With some account managers first
pilot-tiers = With those first who now have a certain tier

rollout-title = Version { $n } on its way
rollout-piloting = The members of the pilot are being moved. Reload the page to see how far it has come.
rollout-pilot = The pilot is running: its members go by version { $n }, everybody else by the one before.
rollout-rolling = Everybody is being moved. Reload the page to see how far it has come.
rollout-putting-back = Everybody is getting back what they had before. Reload the page to see how far it has come.
rollout-in-force = Version { $n } is in force for everybody. It can be undone until { $until }.
rollout-all = Put into effect for everybody
rollout-close = End the pilot and put it back
rollout-undo = Undo: everybody gets back the tier they had
rollout-figures = Who came from which tier to which
rollout-before = Tier before
rollout-now = Tier now
versions-title = Versions past and present
versions-number = Version
versions-since = in effect since

flash-tiers-saved = The draft is saved. Nothing has changed yet.
flash-tiers-discarded = The draft is discarded.
flash-tiers-rolling = Members are being moved in the background.
error-tier-no-rule = A tier needs at least one condition.
error-tier-zero = A condition starts at 1.
error-tier-not-counted = Nothing counts this yet. Please choose another measure.
error-tier-easier = A higher tier must not be easier than one below it. Please ask for more here, or for less there.
error-tier-term-below-top = Only the highest tier takes an appointment.
error-tier-count = There must be at least one tier, and at most eight.
error-tier-name-taken = Another tier has this name. Please give it one of its own.
error-tier-rollout-stale = It has changed meanwhile. Please look how it stands before you decide.
error-tier-rollout-under-way = Another version is being put into effect or is running as a pilot. Please decide about that one first.
error-tier-locks-out = A tier that has members now would be out of everybody’s reach. Please change its conditions, or confirm it.
error-tier-pilot-empty = Nobody belongs to this pilot. Please choose others.
error-tier-undo-too-late = This can’t be undone any more. Please put the earlier version into effect as a new draft.
error-not-a-number = Please enter a whole number.
nav-tiers = Tiers
home-standing = Where you stand
manage-tiers-brings = What it brings

mail-tier-subject = Your new tier: { $tier }
mail-tier = Your referrals have raised you to the tier { $tier } at { $host }.
mail-tier-brings = What it brings: { $value }
mail-tier-risk-subject = Your tier { $tier } is running out
mail-tier-risk-lapsed = Some of what counts for your tier { $tier } at { $host } is now more than twelve months old.
mail-tier-risk-scheme = What it takes for the tier { $tier } at { $host } has changed, and at present you do not meet it.
mail-tier-risk-referral = A referral that counted for your tier { $tier } at { $host } was corrected.
mail-tier-risk-until = You keep the tier until { $value }. What is missing until then stands on the page of your tiers; once you meet it, everything stays as it is.
mail-tier-lost-subject = Your tier { $tier } has run out
mail-tier-lost = The time in which you could keep the tier { $tier } at { $host } is over. Where you stand now: { $value }.
mail-tier-kept = What you have chosen and earned with it stays yours.
mail-tier-button = See tiers
