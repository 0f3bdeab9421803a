sign-in-title = Anmelden bei { $host }
sign-in-lede = Sie brauchen kein Passwort. Wir senden Ihnen einen Link und einen Code, beide gelten zehn Minuten.
sign-in-email = E-Mail bei der Arbeit
sign-in-email-help = Die Adresse, unter der Sie eingeladen wurden.
sign-in-send = Link und Code anfordern
sign-in-with = Mit { $name } anmelden
sign-in-code-title = Sehen Sie in Ihr Postfach
sign-in-code-lede = Wenn wir diese Adresse kennen, ist eine Nachricht unterwegs. Öffnen Sie den Link in diesem Browser oder geben Sie hier die sechs Ziffern ein.
sign-in-code = Code
sign-in-code-help = Sechs Ziffern, zum Beispiel 123 456.
sign-in-submit = Anmelden
sign-in-again = Andere Adresse verwenden
sign-in-link-title = Nur noch ein Klick
sign-in-link-lede = So wird der Link nicht verbraucht, wenn ein Programm Ihre Post vorab prüft.

profile-sessions = Anmeldung
profile-signed-in-as = Angemeldet als { $email }
profile-sign-out = Abmelden
profile-sign-out-everywhere = Auf allen Geräten abmelden

flash-signed-out = Sie sind abgemeldet.
flash-signed-out-everywhere = Sie sind auf allen Geräten abgemeldet.


mail-greeting = Guten Tag { $name },
mail-sign-in-subject = { $code } ist Ihr Code für die Anmeldung
mail-sign-in-intro = mit diesem Link melden Sie sich bei { $host } an. Er gilt zehn Minuten und in dem Browser, in dem Sie ihn angefordert haben.
mail-sign-in-code = Auf einem anderen Gerät geben Sie dort diesen Code ein: { $code }
mail-sign-in-button = Anmelden
mail-sign-in-closing = Sie wollten sich nicht anmelden? Dann brauchen Sie nichts zu tun.

error-sign-in-throttled = Zu viele Anmeldungen von diesem Anschluss. Bitte versuchen Sie es in einer Viertelstunde noch einmal.
error-sign-in-wrong-code = Dieser Code stimmt nicht. Bitte prüfen Sie die sechs Ziffern in der neuesten Nachricht.
error-sign-in-lapsed = Diese Anmeldung gilt nicht mehr. Bitte fordern Sie einen neuen Link an.
error-sign-in-other-browser = Dieser Link gilt nur in dem Browser, in dem Sie ihn angefordert haben. Geben Sie dort den Code aus der Nachricht ein.
error-sign-in-provider-away = Dieser Anmeldedienst antwortet gerade nicht. Bitte versuchen Sie es gleich noch einmal oder fordern Sie Link und Code an.
error-sign-in-provider-refused = Mit diesem Anmeldedienst hat die Anmeldung nicht geklappt. Bitte fordern Sie Link und Code an oder fragen Sie Ihre Ansprechperson bei uns.
