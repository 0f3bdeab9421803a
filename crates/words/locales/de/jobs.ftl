# What the worker could not do, and mails that have not left
nav-jobs = Aufträge und Mails
jobs-lede = Was im Hintergrund nicht geklappt hat, warum, und wann es wieder versucht wird. Ein zweiter Versuch verdoppelt nichts.
jobs-mails-sent = Alle Mails sind abgegangen.
jobs-mails-wait = { $n ->
    [one] Eine Mail ist noch nicht abgegangen, sie wartet seit { $since }.
   *[other] { $n } Mails sind noch nicht abgegangen, die älteste wartet seit { $since }.
}
jobs-dead = Aufgegeben ({ $n })
jobs-retried = Wird wieder versucht ({ $n })
jobs-retry = Noch einmal versuchen
jobs-retry-of = { $what }: noch einmal versuchen
jobs-retry-all = Alle noch einmal versuchen
jobs-mail-to = Mail „{ $what }“ an { $name }
jobs-mail-to-contact = Mail „{ $what }“ an eine empfohlene Person
jobs-given-up = Aufgegeben
jobs-next = Nächster Versuch
jobs-tries = { $n ->
    [one] 1 Versuch, beauftragt am { $at }
   *[other] { $n } Versuche, beauftragt am { $at }
}
job-sign-in-mail = Anmeldemail schreiben
job-join-mail = Mail an jemanden schreiben, der mitmachen möchte
job-tell-advocate = Empfehlende über den Stand benachrichtigen
job-expire-referral = Abgelaufene Empfehlung beenden
job-silence-notice = An lange Stille erinnern
job-send-mail = Mail versenden
job-purge-contact = Angaben einer empfohlenen Person löschen
job-purge-first-contact = Name und Nummer vor dem ersten Gespräch löschen
job-tell-reward = Über eine Prämie benachrichtigen
job-expire-reward = Verfallene Prämie beenden
job-tell-tier = Über eine neue Stufe benachrichtigen
job-forget-click-salt = Besuche eines Tages unkenntlich machen
mail-kind-sign-in = Anmeldung
mail-kind-consent-confirm = Bestätigung der Angaben
mail-kind-join-confirm = Bestätigung des Wunsches mitzumachen
mail-kind-join-answer = Antwort auf den Wunsch mitzumachen
mail-kind-state = Stand einer Empfehlung
mail-kind-silence = Länger nichts Neues
mail-kind-thanks = Dank
mail-kind-reward = Prämie
mail-kind-tier = Neue Stufe
job-error-mail-server-away = Der Mailserver antwortet nicht oder hat gerade keine Zeit.
job-error-mail-refused = Der Mailserver hat die Mail endgültig abgelehnt, meist weil es die Adresse nicht gibt.
job-error-store = Die Datenbank hat nicht geantwortet.
job-error-unreadable = Der Auftrag stammt aus einer anderen Version und ist nicht lesbar.
flash-job-retried = Der Versuch läuft. Laden Sie die Seite gleich neu, um zu sehen, ob er gelungen ist.
flash-jobs-retried = Alle Versuche laufen. Laden Sie die Seite gleich neu, um zu sehen, was gelungen ist.
flash-job-gone = Hier ist nichts mehr zu versuchen: Es ist erledigt oder läuft schon.
