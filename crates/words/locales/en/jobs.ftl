# What the worker could not do, and mails that have not left
nav-jobs = Jobs and mails
jobs-lede = What did not work in the background, why, and when it is tried again. A second try never doubles anything.
jobs-mails-sent = All mails have left.
jobs-mails-wait = { $n ->
    [one] One mail has not left yet, it has been waiting since { $since }.
   *[other] { $n } mails have not left yet, the oldest has been waiting since { $since }.
}
jobs-dead = Given up ({ $n })
jobs-retried = Being tried again ({ $n })
jobs-retry = Try again
jobs-retry-of = { $what }: try again
jobs-retry-all = Try all again
jobs-mail-to = Mail "{ $what }" to { $name }
jobs-mail-to-contact = Mail "{ $what }" to a referred contact
jobs-given-up = Given up
jobs-next = Next try
jobs-tries = { $n ->
    [one] 1 try, ordered on { $at }
   *[other] { $n } tries, ordered on { $at }
}
job-sign-in-mail = Write a sign-in mail
job-tell-advocate = Tell an advocate where a referral stands
job-expire-referral = End an expired referral
job-fallback-thanks = Say thank you in the programme team's name
job-silence-notice = Mention a long silence
job-send-mail = Send a mail
job-purge-contact = Delete what a referred contact entered
job-tell-reward = Tell about a reward
job-expire-reward = End an expired reward
job-recount-tiers = Count tiers anew
job-tell-tier = Tell about a new tier
job-forget-click-salt = Make a day's visits unrecognisable
mail-kind-sign-in = Sign-in
mail-kind-consent-confirm = Confirmation of what was entered
mail-kind-state = State of a referral
mail-kind-silence = No news for a while
mail-kind-thanks = Thanks
mail-kind-reward = Reward
mail-kind-tier = New tier
job-error-mail-server-away = The mail server does not answer or is busy.
job-error-mail-refused = The mail server has refused the mail for good, mostly because there is no such address.
job-error-store = The database did not answer.
job-error-unreadable = The job comes from another version and can't be read.
flash-job-retried = The try is under way. Reload the page in a moment to see whether it worked.
flash-jobs-retried = All tries are under way. Reload the page in a moment to see what worked.
flash-job-gone = There is nothing to try any more: it is done or already under way.
jobs-retention = What has had its time
jobs-retention-ran = Last cleared on { $at }; this happens every hour. Counts and totals stay.
jobs-retention-never = Not cleared yet; this happens every hour.
jobs-retention-what = What
jobs-retention-for = Kept
jobs-retention-removed = Deleted last
kept-sessions = Browser sessions
kept-for-sessions = until they expire
kept-forms = Entries of refused forms
kept-for-forms = 30 minutes
kept-uploads = Files that were read in
kept-for-uploads = until they expire
kept-join-requests = Unconfirmed requests to join
kept-for-join-requests = 1 day
kept-colleague-links = Links for colleagues
kept-for-colleague-links = 30 days
kept-move-forms = Marks of forms that were sent
kept-for-move-forms = 30 days
kept-throttles = Counted tries
kept-for-throttles = until their window ends
kept-sign-ins = Sign-ins by mail
kept-for-sign-ins = 3 days after they lapse
kept-clicks = Single clicks
kept-for-clicks = 13 months
kept-mails = Mails that were sent
kept-for-mails = 90 days
kept-strangers-mails = Mails to people refused or unconfirmed
kept-for-strangers-mails = until they are sent
