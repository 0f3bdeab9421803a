share-page = Your link
share-title = Your link for referrals
share-lede = Whoever opens it reads first what you get for it. We write only to people who have agreed.
share-copy = Copy link
share-copied = Link copied
share-spoken = To say aloud: code
share-mail = Prepare a mail
share-clicks = { $n ->
    [0] Nobody has opened the link yet.
    [one] Opened once, not counting programs.
   *[other] Opened { $n } times, not counting programs.
}
share-qr = QR code of your link
share-qr-svg = QR code as SVG
share-qr-png = as PNG
share-told = This stands in every prepared text
share-told-why = Whoever is recommended should know beforehand. So the sentence is part of every text, also when you write it yourself.
share-preview = See what the person you recommend will see
share-mail-subject = A recommendation: { $host }
share-mail-text =
    Hello,

    we work with { $host }, and I think it would suit you too. Behind this link you can read what it is about. You decide yourself whether you want to be contacted:
share-text-credit = To be open: if you become a customer, my company gets a credit from { $host }{ $most }.
share-text-mutual-referral = To be open: if something comes of it, { $host } introduces my company to suitable contacts in return{ $most }.
share-text-early-access = To be open: if something comes of it, my company gets early access to new things from { $host }{ $most }.
share-text-donation = To be open: if something comes of it, { $host } makes a donation in my company's name{ $most }.
share-text-none = To be open: I get nothing for this.
share-text-open = To be open: if something comes of it, my company may choose a thank-you from { $host } ({ $kinds }){ $most }.
share-text-most = , { $amount } at most
share-ready = One link for each place
share-ready-help = Each link counts for its place, so that you see what worked where. You post and send it yourself; the sentence about your thank-you belongs to it.
share-post = Open a text for { $channel }
share-post-text =
    We work with { $host }. What it is about, you read here:
    { $link }
share-event-help = For slides, posters and business cards. Say what you receive when you show it.
channels-own = What your links have brought
channels-title = What the channels bring
channels-lede = All advocates together, by the place where the link stood.
channels-link = What the channels bring
channels-help = Opened counts people, no programs. Referrals by form have no click.
channels-channel = Channel
channels-clicks = Opened
channels-referrals = Referrals
channels-customers = Customers
channels-empty = No channel has brought anything yet.
way-mail = Mail
way-linkedin = LinkedIn
way-whatsapp = WhatsApp
way-x = X
way-qr = QR code
way-event = Event
way-widget = Another web page
way-link = Link or code

code-title = Enter a code
code-lede = Somebody told you a code. You will first read who recommends and what that person gets for it.
code-field = Code
code-help = A word and a number, for example MUEHLE-47. Capitals do not matter.
code-submit = Continue
link-unknown = We do not know this link
link-unknown-text = Perhaps a character is missing. If somebody told you a code, enter it here.

error-code-unknown = We do not know this code. Please check the word and the number.
error-code-throttled = Too many attempts from this connection. Please try again in a quarter of an hour.
