# Spans of time
span-days = { $n ->
    [one] 1 Tag
   *[other] { $n } Tage
}
span-hours = { $n ->
    [one] 1 Stunde
   *[other] { $n } Stunden
}
span-minutes = { $n ->
    [one] 1 Minute
   *[other] { $n } Minuten
}

# Frame
shell-skip = Zum Inhalt
shell-demo-label = Vorführung
shell-demo = Vorführung: alle Personen, Firmen und Zahlen sind erfunden, nichts wird versandt.
shell-profile = Profil: { $name }
shell-other-language = English
nav-label = Hauptbereiche
nav-home = Start

# Forms
form-optional = (freiwillig)
form-errors = { $n ->
    [one] Eine Angabe stimmt noch nicht
   *[other] { $n } Angaben stimmen noch nicht
}
form-yes = ja
form-no = nein
form-kept = Ihre übrigen Angaben sind noch da.

# Error pages
error-page-not-found = Diese Seite gibt es nicht
error-page-not-found-text = Vielleicht ist der Link veraltet, oder er gehört zu einer anderen Anmeldung.
error-page-not-allowed = Dafür fehlt Ihnen die Berechtigung
error-page-not-allowed-text = Ihre Programmleitung oder Ihre Administration kann das ändern.
error-page-failed = Das hat nicht geklappt
error-page-failed-text = Der Fehler liegt bei uns, nichts wurde halb gespeichert. Bitte versuchen Sie es gleich noch einmal.
error-page-too-large = Das ist zu viel auf einmal
error-page-too-large-text = Kein Formular hier braucht so viel Text. Gespeichert ist nichts. Mit „Zurück“ kommen Sie zu Ihrem Text und können ihn kürzen.
error-page-unreadable = Das konnten wir nicht lesen
error-page-unreadable-text = Ihr Browser hat Zeichen gesendet, die kein gültiger Text sind. Gespeichert ist nichts. Mit „Zurück“ kommen Sie zu Ihrer Eingabe.
error-page-incident = Wenn es dabei bleibt, nennen Sie uns bitte diese Nummer: { $id }
error-page-home = Zur Startseite

# What can be wrong with a field
error-unknown = Diese Angabe können wir so nicht annehmen.
error-empty = Bitte füllen Sie dieses Feld aus.
error-too-short = Das ist zu kurz.
error-too-long = Das ist zu lang.
error-control-character = Hier steht ein unsichtbares Steuerzeichen. Bitte tippen Sie den Text neu.
error-not-an-email = Das ist keine vollständige E-Mail-Adresse. Sie sieht zum Beispiel so aus: anna@firma.example
error-looks-like-email = Das ist eine E-Mail-Adresse. Bitte nennen Sie nur die Funktion, zum Beispiel „Leitung Einkauf“.
error-not-a-phone = Das ist keine Telefonnummer.
error-malformed = Diese Angabe hat nicht die erwartete Form.
error-reserved = Dieser Name ist für eigene Seiten vorgesehen. Bitte wählen Sie einen anderen.
error-stale = Jemand hat das gerade geändert. Die Seite zeigt jetzt den neuen Stand, Ihre Eingabe steht noch da.
error-not-allowed = Dieser Schritt ist von hier aus nicht möglich, oder Ihnen fehlt die Berechtigung dafür.

pager-find = Suchen
pager-next = Weitere
pager-first = Zum Anfang
