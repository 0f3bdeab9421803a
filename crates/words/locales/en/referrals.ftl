mail-referral-button = See the referral
mail-referral-closing = You receive this message because you submitted a referral to { $host }.
mail-thanks-subject = Thank you for your referral: { $company }
mail-message-subject = New message: referral { $company }
mail-message-advocate = { $host } has written to you about your referral { $company }. The message is on the page of the referral.
mail-message-staff = the advocate has written to you about the referral { $company }. The message is on the page of the referral.
mail-message-staff-closing = You receive this message because you look after this referral at { $host }.
mail-message-button = Read the message
mail-thanks-team = thank you for recommending { $company }. Your referral has reached { $host }. Where it stands and what happens next is on its page at any time.
mail-thanks-team-signature = Programme team, { $host }
mail-state-subject = Your referral: { $company }
mail-state-in-review = Your referral { $company } is being reviewed by { $host }.
mail-state-in-contact = { $host } is now in contact with { $company }.
mail-state-in-talks = { $host } and { $company } are in talks.
mail-state-won = { $company } has become a customer of { $host }. Thank you for bringing the two together.
mail-state-not-this-time = Your referral { $company } did not work out this time. What you have earned so far stays yours.
mail-silence = there was no news about your referral { $company } for { $days } days. It is not forgotten.


flash-interrupted = Your session had ended. What you typed is still there: after signing in you go on where you were.
flash-referral-submitted = Your referral is submitted. All that is left is to pass the link on.
flash-ask-submitted = Your referral is submitted. The account manager speaks to the person once; there is nothing more for you to do.
flash-referral-withdrawn = Your referral is withdrawn.
flash-referral-amended = What you wrote is corrected.
flash-incentive-chosen = Your choice is saved.
flash-message-sent = Your message is sent.
flash-stage-moved = The stage is set.
flash-thanked = Your thanks are on their way.

refer-title = Refer somebody
refer-lede = You describe whom { $host } would help. We give you a link that you pass on yourself. We write to nobody whose address you type.
refer-closed = We take no referrals at present. Your programme manager will tell you when it goes on.
refer-whom = Whom does { $host } help?
refer-company = Company
refer-country = Country
refer-role = Role of the person
refer-role-help = The person enters name and address themselves, if they wish.
refer-reason = Why does it fit?
refer-reason-help = A sentence or two. The referred person can read this.
refer-way = How will the person learn of it?
refer-way-link = I pass the link on myself
refer-way-link-why = After submitting you get a link and a suggested text for your own mail program.
refer-way-qr = The person is with me right now
refer-way-qr-why = You show the link on your device. The person reads and decides on their own phone.
refer-thanks = How may we say thank you?
refer-thanks-help = You can change this until the need is confirmed. Today's promise stays, even if rules change later.
refer-submit = Submit referral
after-title = What comes next
after-send = You send the link
after-send-text = from your own program, to one person
after-decide = The person decides
after-decide-text = agree or refuse, within { $days ->
        [one] a day
       *[other] { $days } days
    }
after-contact = { $host } thanks you and gets in touch
after-contact-text = thanks within { $thanks } { $thanks ->
    [one] hour
   *[other] hours
}, first contact within { $contact } { $contact ->
    [one] hour
   *[other] hours
} of their consent

choice-help = Until the need is confirmed you can change your choice. What you have earned stays.
choice-save = Save choice
choice-equal = an equal choice
choice-organisation = To whom?
choice-label = Thank-you
choice-open = not chosen yet
incentive-mutual-referral = Mutual referral
incentive-early-access = Early access
incentive-donation = Donation
incentive-credit = Credit
incentive-none = No thank-you
block-inactive = Not offered at present.
block-tier = From a higher tier on. Your tier rises with your referrals.
block-stock = None left at present. Your programme manager can add more.
block-person-policy = You said that you accept no benefits. You can change that in your profile.
block-account-policy = Your company does not accept such benefits. Your account manager can have that changed.
block-country = Not offered in your country.
block-forbidden = A rule of your country does not allow it for companies like yours. Your account manager can ask.
block-no-rule = No rule of your country allows it. The programme manager can have one looked at.
block-not-signed-off = The rules for your country are not signed off yet. Once they are, you can choose.
block-market-unknown = The country of your company is not known. Your account manager can add it.
block-section-unknown = As long as we do not know the industry of your company, the strictest rule holds. Your account manager can add it.
block-recipient-unknown = As long as we do not know your kind of organisation, the strictest rule holds. Your account manager can add it.
block-not-promised = This was not among what you could choose from when you made this referral.

amount-points = { $n ->
    [one] 1 point
   *[other] { $n } points
}
amount-months = { $n ->
    [one] 1 month
   *[other] { $n } months
}
amount-seats = { $n ->
    [one] 1 seat
   *[other] { $n } seats
}
amount-introductions = { $n ->
    [one] 1 introduction
   *[other] { $n } introductions
}
part-fixed = { $amount } { $step }
part-up-to = up to { $amount } { $step }
part-at-accepted = once accepted
part-at-meeting = after a first meeting
part-at-qualified = once the need is confirmed
part-at-won = once they are a customer

ball-you = It is your turn
ball-advocate = The advocate's turn
ball-customer = The referred contact's turn
ball-company = { $host } has the next move
ball-won = Completed: a new customer.
ball-ended = Completed. What you have earned so far stays yours.
next-carry-link = Pass the link on
next-answer-consent = Their consent is still open.
next-ask-in-person = Ask once in person
next-accept = Review and accept the referral
next-contact = Get in touch for the first time
next-meet = Hold a first meeting
next-confirm-need = Clarify the need
next-close = Close the offer
clock-paused = Clocks rest
clock-left = { $left } left of { $limit }
clock-broken = { $over } past the promise
clock-kept = promise kept
clock-late = later than promised
clock-until = until { $date }, { $left } left
clock-was-due = was due { $date }, { $left } ago

state-in-review = in review
state-in-contact = in contact
state-in-talks = in talks
state-won = customer
state-not-this-time = not this time
stage-submitted = Submitted
stage-accepted = Accepted
stage-contacted = Contacted
stage-meeting = In talks
stage-qualified = Need confirmed
stage-won = Customer
stage-declined = Declined
stage-disqualified = Not eligible
stage-lost = Not this time
stage-expired = Expired
stage-withdrawn = Withdrawn
move-accepted = Accept
move-contacted = Record the contact
move-meeting = Record a meeting
move-qualified = Confirm the need
consent-label = Consent
consent-awaiting = Consent is open
consent-given = Consent given
consent-refused = Consent refused
consent-withdrawn = Consent withdrawn
disqualified-not-a-fit = Not a fit
disqualified-already-known = Known already
disqualified-self-referral = Self-referral
disqualified-wrong-details = Wrong details
disqualified-misuse = Signs of misuse
disqualified-other = Another reason
lost-no-need = No need
lost-no-budget = No budget
lost-timing = Wrong time
lost-competitor = Another supplier
lost-no-answer = No answer any more
lost-other = Another reason

event-submitted = Referral submitted
event-corrected = Corrected to: { $stage }
event-thanked = Thanks said
event-thanked-team = Thanks from the programme team
event-chosen = Thank-you chosen: { $incentive }
event-amended = Details corrected
event-amended-company = company, before: { $company }
event-amended-reason = the reason
timeline-title = Timeline
timeline-steps = Whoever you referred lets you see each step.
referral-row-since = since { $since }
referral-row-about = { $role } · since { $since }
referrals-title = Your referrals
referrals-empty = No referral yet. The first takes two minutes.
referrals-empty-do = Refer somebody
list-stage = Stage
list-all-stages = All stages
list-show = Show
list-advocate = Referred by
list-submitted = Submitted
list-next = Next step
work-empty = Nothing here yet.
work-empty-help = Referrals of your customers appear here by themselves.

carry-title = Pass this link on
carry-text = The link is for one person. They first read what you get for it, and then decide for themselves.
carry-prepare = Prepare an e-mail
carry-mail-subject = A pointer to { $host }
carry-mail = Hello,

    I work with { $host } and think it could help you as well: { $reason }

    Everything about it is here. You decide yourself whether anybody gets in touch:
    { $link }

    { $told }

    Kind regards
withdraw-title = Withdraw the referral
withdraw-text = This ends the referral of { $company }. Nobody will be contacted.
withdraw-do = Withdraw
amend-title = Correct the details
amend-text = As long as nobody has accepted the referral, you can correct company, role and reason. Behind your link people then read the corrected company.
amend-do = Save the correction

dialogue-title = Questions
dialogue-empty = No messages yet.
dialogue-words-gone = The words are no longer shown.
dialogue-message = Message
dialogue-send = Send message
dialogue-unread = New message
dialogue-new = { $n ->
    [one] One new message
   *[other] { $n } new messages
}

board-lede = { $n ->
    [0] No open referrals.
    [one] One open referral of your customers.
   *[other] { $n } open referrals of your customers.
}
board-as-list = As a list
board-lanes = Stages
board-lane-empty = Nothing in this stage.
board-lane-more = { $n } more in the list
overdue-title = { $n ->
    [one] One promise broken
   *[other] { $n } promises broken
}
overdue-contact = Get in touch for the first time
overdue-contact-do = Record the contact
overdue-thanks = Say thank you
overdue-thanks-do = Write thanks
ticket-by = by { $name }
ticket-waiting = waits for consent
move-title = Set the stage
move-do = Set stage
move-back = Back to: { $stage }
move-reason = Reason
move-reason-none = no end
move-note = Explanation
move-note-help = Needed when the referral ends or is corrected. The advocate does not see it.
move-deal = Deal value
move-deal-in = Deal value in the first year, in { $currency }
move-deal-help = Once the company has become a customer.
thanks-title = Say thank you
thanks-text = Your words
thanks-help = Goes to the advocate in your name.
thanks-do = Send thanks

country-de = Germany
country-at = Austria
country-ch = Switzerland
country-li = Liechtenstein
country-be = Belgium
country-cz = Czechia
country-dk = Denmark
country-es = Spain
country-fr = France
country-gb = United Kingdom
country-it = Italy
country-lu = Luxembourg
country-nl = Netherlands
country-pl = Poland
country-se = Sweden
country-us = United States

conflict-title = Both versions
conflict-theirs = This is stored now
conflict-yours = This is what you wanted to enter
conflict-seen = Your page still said
conflict-by = { $name }, { $when }
conflict-by-contact = the referred contact, { $when }
conflict-at = { $when }
conflict-next = What you typed is still in the form. Send it once more and it is made on the new state.
conflict-unfinished = Not entered yet: { $company } to “{ $stage }”
conflict-again = Enter it now
conflict-open = Look at the referral
board-pick = Move { $card }
board-pick-short = Move
board-picked = { $card } is picked up and stands on { $stage }. Arrow keys choose the stage, Enter drops it, Escape cancels.
board-over = { $card }: { $stage }
board-back = Cancelled. { $card } stays on { $stage }.

contacts-title = Referred contact
contacts-mail = Mail
contacts-kind = Kind of organisation
contacts-preferred = First contact
contacts-time = When it suits
consent-proof-title = Proof of consent
consent-proof-print = Print view
consent-proof-empty = Nobody has said anything about it yet.
consent-proof-referral = Referral
consent-proof-erased = Erased person
consent-proof-recorded = Written down by { $name }
consent-proof-told = What the person had been told
consent-proof-chosen = Thank-you chosen
consent-proof-kinds = Possible kinds
consent-proof-most = At most
consent-proof-benefit = Benefit for their own company
consent-channel-landing-page = Form behind the link
consent-channel-confirmation-mail = Link of the confirmation mail
consent-channel-private-page = Private page
consent-channel-phone = By telephone
consent-channel-in-person = In person
contacts-masked = Masked until this person has agreed.

neutral-lede = Whoever came here by an advocate’s link got the neutral answer: “We are already in touch or cannot take this one.” Day and reason are recorded, nothing about the person.
neutral-day = Day
neutral-reason = Reason
neutral-answers = Number
neutral-empty = Nobody so far.
neutral-empty-help = As soon as it happens, this page says why somebody could not be taken who came by a link.
neutral-carried = Somebody came by the link of this referral and got the neutral answer. Day and reason are recorded, nothing about the person. The advocate does not see this.
neutral-times = { $n ->
    [one] once
   *[other] { $n } times
}
neutral-suppressed = This person does not want to be contacted
neutral-own-company = The advocate’s own company
neutral-customer = The company is a customer already
neutral-open-deal = A deal with the company is already under way
neutral-taken-claim = The company was already referred by somebody else
hint-title = Perhaps known already
hint-account = ({ $country }, { $status })

refer-way-ask = The account manager speaks to the person once
refer-way-ask-why = Only if the person expects it. Name and number are encrypted, only the assigned account manager may see them, and without an answer they are deleted after { $days ->
        [one] a day
       *[other] { $days } days
    }. Nobody is written to.
refer-ask-allowed = Allowed for: { $where }.
refer-ask-name = Name of the person
refer-ask-phone = Telephone number of the person
refer-ask-why-help = For example: on Monday they asked me that somebody get in touch.
first-contact-phone = telephone
first-contact-in-person = in person
first-contact-title = Human first contact
first-contact-lede = At first it is allowed nowhere. Here you record in which country and in which way the account manager may speak to a referred person once, and on which ground. Have counsel check it first.
first-contact-off = Switched off: allowed nowhere. Referred contacts get a link and decide themselves.
first-contact-allowed = Allowed
first-contact-allow = Allow
first-contact-end = No longer allow
first-contact-channel = Way
first-contact-ground = Ground
first-contact-ground-help = Who checked it, when, and why is it allowed in this country?
first-contact-why = Why does the person expect it?
first-contact-panel = Speak to them once
first-contact-until = Without an answer name and number are deleted on { $date }.
first-contact-reveal = Show name and number
first-contact-reveal-help = Only you may see this. That you looked is recorded.
first-contact-once = One single contact, no mail. Before they answer, say in your own words:
first-contact-answer = What did the person say?
first-contact-yes = Yes, they agree
first-contact-no = No
first-contact-said = I said this before the person answered.
first-contact-record = Record the answer
first-contact-link = If the person would rather enter their data themselves, give them this link:
first-contact-stop = Record a withdrawal
first-contact-stop-help = The person no longer wants to be contacted: everything about them is deleted, a block without plain text stays.
error-path-forbidden = In this country this way is not allowed. Please pass the link on yourself.
error-first-contact-allowed-already = This is allowed already.
error-first-contact-not-assigned = Only the assigned account manager may see name and number.
error-first-contact-not-revealed = Please look at name and number first.
error-spoken-words-missing = A yes counts only if you said this before.

error-not-open = This referral has come to its end.
error-not-yours = This referral is somebody else’s.
error-not-forward = The referral is on this stage already, or further.
error-not-back = A correction only leads back.
error-consent-missing = The referred contact has not agreed yet.
error-consent-answered = The referred contact has answered already.
error-not-due = It is too early for this.
error-already-contacted = Contact has been made already. Please write to your account manager.
error-wrong-end = This end does not fit this stage.
error-company-taken = There is another open referral for this company by now. Only one per company is open.
error-amend-too-late = The referral has been accepted or closed already. Please write to your account manager under “Questions”.
error-choice-missing = Please choose something.
error-reason-missing = Please choose a reason.
error-not-an-amount = This is not an amount. One looks like this: 12,500
error-amount-not-positive = The amount must be greater than zero.
error-amount-overflow = Amounts as high as this can’t be recorded.
error-thanked-already = Somebody has said thank you already. Your words are here and can be sent as a message.
error-program-closed = We take no referrals at present.
error-incentive-blocked = You can't choose this thank-you. The reason stands beside it.
error-organisation-missing = Please choose an organisation for the donation.
error-incentive-gone = The last one has just gone. Please choose something else.
error-too-many-referrals = A great many referrals have come in today. Please go on tomorrow.
error-not-offered = This thank-you is not part of this programme.
error-too-late = The need is confirmed, so the choice now stays as it is.
error-kind-not-disclosed = The referred contact was not told of this kind, so it can't be chosen any more.
error-amount-above-disclosure = That would be more than the referred contact was told.
error-neutral = Thank you. We are already in touch or cannot take this one.

stage-between-gone = Stage taken out
move-on-to = On: { $stage }
move-won-means = The company counts as a customer once { $won }.
error-stage-gone = This stage is gone. Choose another.

due-title = What is due
due-lede = All open referrals that you look after, by the next promise.
due-what = What comes next
due-until = Until when
due-empty = Nothing is open.
due-empty-help = As soon as a referral that you look after is submitted, its next step stands here.
deal-later = Record the deal
deal-later-help = Thank-yous that wait for it are computed from it. A size that is recorded stays.
deal-later-do = Record the deal
flash-deal-recorded = The deal is recorded.
error-deal-not-won = The company is not a customer yet.
error-deal-recorded = Another size is recorded already. Set the stage back and to customer again if it is wrong.
error-answers = Please check your answers to the questions.
