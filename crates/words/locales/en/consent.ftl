consent-somebody = the person who recommends
consent-recommended-by = Recommended by { $name }
consent-recommended = Recommended by a customer of { $host }
consent-what-gets = What does { $name } get for this?
consent-what-you-get = What does your company get?
consent-benefit-company = The benefit goes to your company, never to the person who buys.
consent-benefit-none = This programme has no special benefit for you, and no disadvantage.
consent-gets-credit = Nothing goes to { $name } in person. Their company gets a credit with { $host }:
consent-gets-mutual-referral = Nothing goes to { $name } in person. In return { $host } introduces their company to suitable contacts:
consent-gets-early-access = Nothing goes to { $name } in person. Their company gets early access to new things from { $host }:
consent-gets-donation = Nothing goes to { $name } in person. { $host } makes a donation in their company's name{ $organisation }:
consent-gets-donation-to = { " " }to { $organisation }
consent-gets-none = Nothing. That is what { $name } chose.
consent-gets-open = Nothing has been chosen by { $name } yet. Whatever it will be, it goes to their company or to an organisation.
consent-part-accepted = { $amount } as soon as { $host } takes the referral
consent-part-meeting = { $amount } after a first meeting
consent-part-qualified = { $amount } when the need is confirmed
consent-part-won = { $amount } when your company becomes a customer
consent-part-up-to = up to { $amount }
consent-most = { $amount } at most.
consent-also-possible = Also possible: { $kinds }. If the choice changes, you will see it on your page.
consent-kind-credit = credit
consent-kind-mutual-referral = mutual referral
consent-kind-early-access = early access
consent-kind-donation = donation
consent-kind-none = nothing
consent-or = { $a } or { $b }

consent-form-title = Would you like to know more?
consent-field-name = Name
consent-field-company = Company
consent-field-role = Role
consent-field-email = Work e-mail
consent-field-email-help = You will get one single message, to confirm.
consent-field-phone = Telephone
consent-field-kind = Your organisation is
consent-field-preferred = You prefer
consent-field-time = When would suit you?
consent-field-time-help = For example: Tuesdays after 2 p.m.
consent-field-steps = Show each step
consent-shows-steps = I allow { $name } to see each step of the talks, not only the rough status
consent-shows-steps-help = Never the content, never amounts. You can change this on your page at any time.
consent-field-language = Language
consent-kind-choose = Please choose
consent-recipient-private-company = a company
consent-recipient-public-body = a public body
consent-recipient-health-professional = in health care
consent-recipient-regulated-financial = a bank or an insurer
consent-recipient-legal-profession = a law firm
consent-preferred-mail = e-mail
consent-preferred-video = a video call
consent-preferred-phone-morning = a phone call in the morning
consent-preferred-phone-afternoon = a phone call in the afternoon
consent-language-de = German
consent-language-en = English
consent-wording = I agree that { $host } contacts me about this referral by e-mail and in the way I chose. Whoever recommended me ({ $name }) sees only the stage, not the content. I can withdraw at any time with one click.
consent-wording-spoken = { $name } recommended you to { $host } and may get a thank-you for it, for their own company. May { $host } talk to you about this referral? Whoever recommended you sees the stage only, not the content. You can take this back at any time; then everything is deleted.
consent-wording-version = Wording, version { $version }. What happens to your data is under “Where did you get my data?”
consent-submit = Ask for a conversation
consent-refuse = No, thank you
consent-refuse-own = Not interested? Close this page, or tell us. Nothing is stored: we do not know who you are.
consent-refuse-carried = Not interested? Then we delete what { $name } wrote about your role and the occasion, and the referral ends.
consent-closed = This programme takes no referrals at present.

consent-next = What happens next
consent-next-confirm = You confirm your address
consent-next-confirm-text = One click in the message. Without it we delete everything after { $days } days.
consent-next-contact = { $host } gets in touch
consent-next-contact-text = Within { $hours ->
    [one] an hour
   *[other] { $hours } hours
}, in the way you chose.
consent-next-decide = You decide
consent-next-decide-text = A conversation, not a contract. “No” counts at once.
consent-next-told = The stage is passed on
consent-next-told-text = All that { $name } hears is “in review”, “in contact”, “in talks”, “customer” or “not this time”, unless you allow more.
consent-source = Where did you get my data?
consent-source-own = We do not know your name or your address. You opened the link of { $name }; we count the click without your network address, and set no cookie for it.
consent-source-carried = We do not know your name or your address. { $name } told us only your company ({ $company }), your role and the occasion, and sent you the link themselves.
consent-source-unnamed = We do not know your name or your address. Whoever recommends you told us only your company ({ $company }), your role and the occasion, and sent you the link themselves.
consent-source-rights = What you enter here will stand on a page of its own that only you can open: see it, correct it, withdraw, object, erase.

consent-sent-title = Look into your mailbox
consent-sent-text = We have sent a message to the address you entered. Only a click in it gives your consent. Without it we delete everything after { $days } days.
consent-neutral-title = Thank you
consent-neutral-text = We are already in touch or cannot take this one. We have stored nothing of what you entered.
consent-refused-title = That counts
consent-refused-text = You will not hear from us about this.
consent-erased-title = Erased
consent-erased-text = What you entered is deleted. All that remains is a note without name and address that we were allowed to contact you, and when.
consent-objected-title = You will not be asked again
consent-objected-text = Everything about you is deleted. What remains is a blocking note without readable data, so that nobody can recommend you here again.
consent-gone-title = This page no longer exists
consent-gone-text = The link has lapsed, or what was behind it is deleted.

consent-confirm-title = Confirm your consent
consent-confirm-lede = You filled in a form of { $host }. Only this button gives your consent.
consent-confirm-yes = Agree
consent-confirm-no-text = That was not you, or you have changed your mind? Then we delete everything. Only a blocking note without readable data remains.
consent-confirm-read = What you have read

my-title = Your referral at { $host }
my-lede = This page is yours. Whoever has the link can open it, so keep it to yourself.
my-stage = Stage
my-stage-submitted = Your consent is here. { $host } is looking at the referral.
my-stage-accepted = { $host } has taken the referral and will get in touch with you.
my-stage-contacted = { $host } has been in touch with you.
my-stage-meeting = You have spoken to each other.
my-stage-qualified = The need is confirmed. Now it is about an offer.
my-stage-won = Your company has become a customer.
my-stage-ended = This referral is closed. Nobody will contact you about it any more.
my-stage-withdrawn = You have withdrawn. Nobody will contact you about it any more.
my-data = What you entered
my-data-source = You entered this yourself on { $date }. To change your e-mail address, erase here and fill in the form again.
my-data-source-spoken = { $manager } of { $host } wrote this down after speaking to you. Name and number had come from { $name }.
my-theirs = What others entered about you
my-theirs-source = Entered on { $date } by { $name }, before you entered anything yourself.
my-theirs-end = If you erase your data or object, role and reason go as well.
my-save = Correct my data
my-history = What you said
my-said-awaiting = Form filled in
my-said-given = Agreed
my-said-refused = Refused
my-said-withdrawn = Withdrawn
my-wording = Wording, version { $version }
my-end = End it
my-withdraw = Withdraw my consent
my-withdraw-help = From now on nobody contacts you. We delete what you entered after { $days } days.
my-erase = Erase my data
my-erase-help = At once and for good. All that remains is a note without your name that you had agreed.
my-object = Object and block
my-object-help = Everything is deleted, and nobody can recommend you here again.
my-for-company = For { $company }
my-benefit = Your promised benefit
my-benefit-promised = Promised.
my-benefit-due = Promised, due on { $date }.
my-benefit-delivered = Delivered on { $date }.

flash-consent-given = Thank you, your consent is recorded.
flash-consent-withdrawn = You have withdrawn.
flash-consent-corrected = Your data is corrected.

mail-confirm-subject = Please confirm: your request to { $host }
mail-confirm-greeting = Hello,
mail-confirm-text = this address was entered into a form of { $host }, to learn more after a recommendation. If that was you, please open the link. There you read once more what you agree to.
mail-confirm-button = Read and confirm
mail-confirm-closing = It was not you? Then you need do nothing: without your confirmation we do not write to you again and delete what was entered after { $days ->
        [one] a day
       *[other] { $days } days
    }. Under the link you can also have it deleted at once.

pass-on-title = Would it suit somebody else better?
pass-on-text = Pass the link on yourself. We do not ask for the address and write to nobody who has not agreed themselves.
pass-on-mail = Hello,

    { $host } was recommended to me, and I think it would suit you better. Behind this link you find all about it. You decide yourself whether you want to be contacted:
    { $link }

    { $told }

    Kind regards
pass-on-told = To be open about it: the company behind the offer has a thank-you for { $name } for the referral, not for me ({ $kinds }{ $most }).
pass-on-told-none = To be open about it: { $name } gets nothing for the referral, and neither do I.
remember-title = Remember this recommendation on this device
remember-text = Unless you ask for it we set no cookie for this. If you like, this browser remembers the number of this visit in a cookie for 90 days. The page then still knows later who recommended. Only this website sees the cookie, and you can delete it at any time.
remember-do = Remember on this device
remembered-title = Remembered on this device
remembered-text = A cookie reminds of this recommendation for 90 days.
remembered-forget = Forget it and delete the cookie
remembered-another = Another recommendation is remembered on this device
remembered-another-text = By the rules of this programme the remembered recommendation counts. Read there what the advocate gets, or forget it; then this one counts.
remembered-another-go = Go to the remembered recommendation
flash-remembered = The recommendation is remembered on this device.
flash-forgotten = Forgotten. The cookie is deleted.

error-consent-missing-tick = Without your consent we may not contact you. Please tick the box, or choose “No, thank you”.
error-consent-throttled = Too many forms from this connection. Please try again in a quarter of an hour.
error-choose-one = Please choose one.

consent-benefit-kind = Kind of benefit: { $kind }.
consent-benefit-worth = Kind of benefit: { $kind }, worth { $amount }.
