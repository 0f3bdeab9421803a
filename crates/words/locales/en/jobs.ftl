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
job-join-mail = Write the mail to somebody who wants to join
job-tell-advocate = Tell an advocate where a referral stands
job-expire-referral = End an expired referral
job-silence-notice = Mention a long silence
job-send-mail = Send a mail
job-purge-contact = Delete what a referred contact entered
job-purge-first-contact = Delete name and number kept for a first conversation
job-tell-reward = Tell about a reward
job-expire-reward = End an expired reward
job-tell-tier = Tell about a new tier
job-forget-click-salt = Make a day's visits unrecognisable
mail-kind-sign-in = Sign-in
mail-kind-consent-confirm = Confirmation of what was entered
mail-kind-join-confirm = Confirmation of the wish to join
mail-kind-join-answer = Answer to the wish to join
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
