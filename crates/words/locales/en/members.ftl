sign-in-title = Sign in to { $host }
sign-in-lede = You need no password. We send you a link and a code, both work for ten minutes.
sign-in-email = Work e-mail
sign-in-email-help = The address you were invited at.
sign-in-send = Send link and code
sign-in-with = Sign in with { $name }
sign-in-code-title = Look into your inbox
sign-in-code-lede = If we know this address, a message is on its way. Open the link in this browser, or enter the six digits here.
sign-in-code = Code
sign-in-code-help = Six digits, for example 123 456.
sign-in-submit = Sign in
sign-in-again = Use another address
sign-in-link-title = One more click
sign-in-link-lede = This way the link is not used up when a program checks your mail beforehand.

profile-sessions = Sign-in
profile-signed-in-as = Signed in as { $email }
profile-sign-out = Sign out
profile-sign-out-everywhere = Sign out on all devices

flash-signed-out = You are signed out.
flash-signed-out-everywhere = You are signed out on all devices.


mail-greeting = Hello { $name },
mail-sign-in-subject = { $code } is your sign-in code
mail-sign-in-intro = this link signs you in to { $host }. It works for ten minutes, in the browser where you asked for it.
mail-sign-in-code = On another device, enter this code there: { $code }
mail-sign-in-button = Sign in
mail-sign-in-closing = You did not want to sign in? Then there is nothing you need to do.

error-sign-in-throttled = Too many sign-ins from this connection. Please try again in a quarter of an hour.
error-sign-in-wrong-code = This code is not right. Please check the six digits in the newest message.
error-sign-in-lapsed = This sign-in no longer works. Please ask for a new link.
error-sign-in-other-browser = This link works only in the browser where you asked for it. Enter the code from the message there.
error-sign-in-provider-away = This sign-in service does not answer at the moment. Please try again shortly, or ask for a link and code.
error-sign-in-provider-refused = Signing in with this service did not work. Please ask for a link and code, or talk to your contact person here.
