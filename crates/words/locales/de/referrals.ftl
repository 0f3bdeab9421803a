mail-referral-button = Empfehlung ansehen
mail-referral-closing = Sie erhalten diese Nachricht, weil Sie bei { $host } eine Empfehlung eingereicht haben.
mail-thanks-subject = Danke für Ihre Empfehlung: { $company }
mail-message-subject = Neue Nachricht: Empfehlung { $company }
mail-message-advocate = { $host } hat Ihnen zu Ihrer Empfehlung { $company } geschrieben. Die Nachricht steht auf der Seite der Empfehlung.
mail-message-staff = die empfehlende Person hat Ihnen zur Empfehlung { $company } geschrieben. Die Nachricht steht auf der Seite der Empfehlung.
mail-message-staff-closing = Sie erhalten diese Nachricht, weil Sie bei { $host } diese Empfehlung betreuen.
mail-message-button = Nachricht lesen
mail-thanks-team = danke, dass Sie { $company } empfehlen. Ihre Empfehlung ist bei { $host } angekommen. Wo sie steht und was als Nächstes geschieht, sehen Sie jederzeit auf ihrer Seite.
mail-thanks-team-signature = Programmteam, { $host }
mail-state-subject = Ihre Empfehlung: { $company }
mail-state-in-review = Ihre Empfehlung { $company } liegt bei { $host } zur Prüfung.
mail-state-in-contact = { $host } steht jetzt mit { $company } in Kontakt.
mail-state-in-talks = { $host } und { $company } sind im Gespräch.
mail-state-won = { $company } ist Kunde von { $host } geworden. Danke, dass Sie beide zusammengebracht haben.
mail-state-not-this-time = Aus Ihrer Empfehlung { $company } ist diesmal nichts geworden. Was Sie bisher verdient haben, bleibt Ihnen.
mail-silence = zu Ihrer Empfehlung { $company } gab es seit { $days } Tagen nichts Neues. Sie ist nicht vergessen.


flash-interrupted = Ihre Anmeldung war abgelaufen. Was Sie getippt haben, ist noch da: Nach dem Anmelden geht es dort weiter.
flash-referral-submitted = Ihre Empfehlung ist eingereicht. Jetzt fehlt nur noch, dass Sie den Link weiterreichen.
flash-ask-submitted = Ihre Empfehlung ist eingereicht. Die Kundenbetreuung spricht die Person einmal an; Sie müssen nichts weiter tun.
flash-referral-withdrawn = Ihre Empfehlung ist zurückgezogen.
flash-referral-amended = Ihre Angaben sind berichtigt.
flash-incentive-chosen = Ihre Wahl ist gespeichert.
flash-message-sent = Ihre Nachricht ist gesendet.
flash-stage-moved = Die Phase ist gesetzt.
flash-thanked = Ihr Dank ist unterwegs.

refer-title = Jemanden empfehlen
refer-lede = Sie beschreiben, wem { $host } nützt. Wir geben Ihnen einen Link, den Sie selbst weiterreichen. Wir schreiben niemandem, dessen Adresse Sie eintippen.
refer-closed = Zurzeit nehmen wir keine Empfehlungen an. Ihre Programmleitung sagt Ihnen, wann es weitergeht.
refer-whom = Wem hilft { $host }?
refer-company = Firma
refer-country = Land
refer-role = Funktion der Person
refer-role-help = Name und Adresse gibt die Person selbst ein, wenn sie möchte.
refer-reason = Warum passt es?
refer-reason-help = Ein, zwei Sätze. Die empfohlene Person kann das lesen.
refer-way = Wie erfährt die Person davon?
refer-way-link = Ich reiche den Link selbst weiter
refer-way-link-why = Sie erhalten nach dem Einreichen einen Link und einen Textvorschlag für Ihr eigenes E-Mail-Programm.
refer-way-qr = Die Person ist gerade bei mir
refer-way-qr-why = Sie zeigen den Link auf Ihrem Gerät. Die Person liest und entscheidet auf dem eigenen Telefon.
refer-thanks = Womit dürfen wir Danke sagen?
refer-thanks-help = Ändern können Sie das, bis der Bedarf bestätigt ist. Die Zusage von heute bleibt, auch wenn sich Regeln später ändern.
refer-submit = Empfehlung einreichen
after-title = Danach
after-send = Sie senden den Link
after-send-text = aus Ihrem eigenen Programm, an eine Person
after-decide = Die Person entscheidet
after-decide-text = einwilligen oder ablehnen, { $days ->
        [one] einen Tag
       *[other] { $days } Tage
    } Zeit
after-contact = { $host } dankt und meldet sich
after-contact-text = Dank in { $thanks } { $thanks ->
    [one] Stunde
   *[other] Stunden
}, erster Kontakt in { $contact } { $contact ->
    [one] Stunde
   *[other] Stunden
} nach der Einwilligung

choice-help = Bis der Bedarf bestätigt ist, können Sie Ihre Wahl ändern. Was Sie schon verdient haben, bleibt.
choice-save = Wahl speichern
choice-equal = gleichwertige Wahl
choice-organisation = An wen?
choice-label = Dankeschön
choice-open = noch nicht gewählt
incentive-mutual-referral = Gegenempfehlung
incentive-early-access = Vorabzugang
incentive-donation = Spende
incentive-credit = Guthaben
incentive-none = Kein Dankeschön
block-inactive = Wird zurzeit nicht angeboten.
block-tier = Ab einer höheren Stufe. Ihre Stufe steigt mit Ihren Empfehlungen.
block-stock = Zurzeit vergriffen. Ihre Programmleitung kann nachlegen.
block-person-policy = Sie haben angegeben, keine Vorteile anzunehmen. Das ändern Sie in Ihrem Profil.
block-account-policy = Ihre Organisation nimmt solche Vorteile nicht an. Ihre Kundenbetreuung kann das ändern lassen.
block-country = In Ihrem Land nicht angeboten.
block-forbidden = Für Organisationen wie Ihre durch eine Regel Ihres Landes nicht erlaubt. Ihre Kundenbetreuung kann nachfragen.
block-no-rule = In Ihrem Land erlaubt das keine Regel. Die Programmleitung kann eine prüfen lassen.
block-not-signed-off = Die Regeln für Ihr Land sind noch nicht freigegeben. Sobald das geschehen ist, können Sie wählen.
block-market-unknown = Das Land Ihrer Organisation ist nicht bekannt. Ihre Kundenbetreuung kann es ergänzen.
block-section-unknown = Solange die Branche Ihrer Organisation nicht bekannt ist, gilt die strengste Regel. Ihre Kundenbetreuung kann sie ergänzen.
block-recipient-unknown = Solange die Art Ihrer Organisation nicht bekannt ist, gilt die strengste Regel. Ihre Kundenbetreuung kann das ergänzen.
block-not-promised = Das gehörte nicht zu dem, was Ihnen bei dieser Empfehlung zur Wahl stand.

amount-points = { $n ->
    [one] 1 Punkt
   *[other] { $n } Punkte
}
amount-months = { $n ->
    [one] 1 Monat
   *[other] { $n } Monate
}
amount-seats = { $n ->
    [one] 1 Lizenz
   *[other] { $n } Lizenzen
}
amount-introductions = { $n ->
    [one] 1 Einführung
   *[other] { $n } Einführungen
}
part-fixed = { $amount } { $step }
part-up-to = bis { $amount } { $step }
part-at-accepted = bei Annahme
part-at-meeting = nach erstem Gespräch
part-at-qualified = wenn der Bedarf bestätigt ist
part-at-won = wenn Kunde geworden

ball-you = Sie sind dran
ball-advocate = Empfehlende Person ist dran
ball-customer = Empfohlene Person ist dran
ball-company = { $host } ist dran
ball-won = Abgeschlossen: Kunde geworden.
ball-ended = Abgeschlossen. Was Sie bis hierher verdient haben, bleibt.
next-carry-link = Link weiterreichen
next-answer-consent = Die Einwilligung steht noch aus.
next-ask-in-person = Einmal persönlich ansprechen
next-accept = Empfehlung prüfen und annehmen
next-contact = Zum ersten Mal melden
next-meet = Erstes Gespräch führen
next-confirm-need = Bedarf klären
next-close = Angebot abschließen
clock-paused = Uhren ruhen
clock-left = noch { $left } von { $limit }
clock-broken = { $over } über der Zusage
clock-kept = Zusage gehalten
clock-late = später als zugesagt
clock-until = bis { $date }, noch { $left }
clock-was-due = fällig war { $date }, seit { $left }

state-in-review = in Prüfung
state-in-contact = in Kontakt
state-in-talks = im Gespräch
state-won = Kunde geworden
state-not-this-time = diesmal nicht
stage-submitted = Eingereicht
stage-accepted = Angenommen
stage-contacted = Kontaktiert
stage-meeting = Gespräch geführt
stage-qualified = Bedarf bestätigt
stage-won = Kunde geworden
stage-declined = Abgelehnt
stage-disqualified = Nicht teilnahmefähig
stage-lost = Nicht zustande gekommen
stage-expired = Abgelaufen
stage-withdrawn = Zurückgezogen
move-accepted = Annehmen
move-contacted = Als kontaktiert eintragen
move-meeting = Gespräch eintragen
move-qualified = Bedarf bestätigen
consent-label = Einwilligung
consent-awaiting = Einwilligung steht aus
consent-given = Einwilligung erteilt
consent-refused = Einwilligung abgelehnt
consent-withdrawn = Einwilligung widerrufen
disqualified-not-a-fit = Passt nicht
disqualified-already-known = Schon bekannt
disqualified-self-referral = Selbst empfohlen
disqualified-wrong-details = Falsche Angaben
disqualified-misuse = Verdacht auf Missbrauch
disqualified-other = Anderer Grund
lost-no-need = Kein Bedarf
lost-no-budget = Kein Budget
lost-timing = Falscher Zeitpunkt
lost-competitor = Anderer Anbieter
lost-no-answer = Keine Antwort mehr
lost-other = Anderer Grund

event-submitted = Empfehlung eingereicht
event-corrected = Berichtigt auf: { $stage }
event-thanked = Danke gesagt
event-thanked-team = Dank des Programmteams
event-chosen = Dankeschön gewählt: { $incentive }
event-amended = Angaben berichtigt
event-amended-company = Firma, vorher: { $company }
event-amended-reason = Begründung
timeline-title = Verlauf
timeline-steps = Wer empfohlen wurde, lässt Sie jeden Schritt sehen.
referral-row-since = seit { $since }
referral-row-about = { $role } · seit { $since }
referrals-title = Ihre Empfehlungen
referrals-empty = Noch keine Empfehlung. Die erste dauert zwei Minuten.
referrals-empty-do = Jemanden empfehlen
list-stage = Phase
list-all-stages = Alle Phasen
list-show = Anzeigen
list-advocate = Empfohlen von
list-submitted = Eingereicht
list-next = Nächster Schritt
work-empty = Hier ist noch nichts.
work-empty-help = Empfehlungen Ihrer Organisationen erscheinen hier von selbst.

carry-title = Reichen Sie diesen Link weiter
carry-text = Der Link gilt für eine Person. Sie liest zuerst, was Sie dafür erhalten, und entscheidet dann selbst.
carry-prepare = E-Mail vorbereiten
carry-mail-subject = Ein Hinweis auf { $host }
carry-mail = Guten Tag,

    ich arbeite mit { $host } und denke, das könnte auch Ihnen nützen: { $reason }

    Hier steht alles dazu. Sie entscheiden selbst, ob sich jemand meldet:
    { $link }

    { $told }

    Viele Grüße
withdraw-title = Empfehlung zurückziehen
withdraw-text = Die Empfehlung von { $company } endet damit. Es wird niemand angesprochen.
withdraw-do = Zurückziehen
amend-title = Angaben berichtigen
amend-text = Solange niemand die Empfehlung angenommen hat, können Sie Firma, Funktion und Begründung berichtigen. Hinter Ihrem Link steht dann die berichtigte Firma.
amend-do = Berichtigung speichern

dialogue-title = Rückfragen
dialogue-empty = Noch keine Nachrichten.
dialogue-words-gone = Der Wortlaut wird nicht mehr gezeigt.
dialogue-message = Nachricht
dialogue-send = Nachricht senden
dialogue-unread = Neue Nachricht
dialogue-new = { $n ->
    [one] Eine neue Nachricht
   *[other] { $n } neue Nachrichten
}

board-lede = { $n ->
    [0] Keine offenen Empfehlungen.
    [one] Eine offene Empfehlung Ihrer Organisationen.
   *[other] { $n } offene Empfehlungen Ihrer Organisationen.
}
board-as-list = Als Liste
board-lanes = Phasen
board-lane-empty = Nichts in dieser Phase.
board-lane-more = Noch { $n } in der Liste
overdue-title = { $n ->
    [one] Eine Zusage überschritten
   *[other] { $n } Zusagen überschritten
}
overdue-contact = Zum ersten Mal melden
overdue-contact-do = Kontakt eintragen
overdue-thanks = Danke sagen
overdue-thanks-do = Dank schreiben
ticket-by = von { $name }
ticket-waiting = wartet auf Einwilligung
move-title = Phase setzen
move-do = Phase setzen
move-back = Zurück auf: { $stage }
move-reason = Grund
move-reason-none = kein Ende
move-note = Begründung
move-note-help = Nötig, wenn die Empfehlung endet oder berichtigt wird. Die empfehlende Person sieht das nicht.
move-deal = Auftragswert
move-deal-in = Auftragswert im ersten Jahr in { $currency }
move-deal-help = Wenn die Firma Kunde geworden ist.
thanks-title = Danke sagen
thanks-text = Ihre Worte
thanks-help = Geht in Ihrem Namen an die empfehlende Person.
thanks-do = Dank senden

country-de = Deutschland
country-at = Österreich
country-ch = Schweiz
country-li = Liechtenstein
country-be = Belgien
country-cz = Tschechien
country-dk = Dänemark
country-es = Spanien
country-fr = Frankreich
country-gb = Vereinigtes Königreich
country-it = Italien
country-lu = Luxemburg
country-nl = Niederlande
country-pl = Polen
country-se = Schweden
country-us = Vereinigte Staaten

conflict-title = Beide Fassungen
conflict-theirs = Das ist jetzt gespeichert
conflict-yours = Das wollten Sie eintragen
conflict-seen = Auf Ihrer Seite stand noch
conflict-by = { $name }, { $when }
conflict-by-contact = die empfohlene Person, { $when }
conflict-at = { $when }
conflict-next = Ihre Eingabe steht noch im Formular. Schicken Sie es noch einmal ab, gilt sie für den neuen Stand.
conflict-unfinished = Noch nicht eingetragen: { $company } auf „{ $stage }“
conflict-again = Jetzt eintragen
conflict-open = Empfehlung ansehen
board-pick = { $card } verschieben
board-pick-short = Verschieben
board-picked = { $card } ist aufgenommen und steht auf { $stage }. Pfeiltasten wählen die Phase, Eingabe legt ab, Escape bricht ab.
board-over = { $card }: { $stage }
board-back = Abgebrochen. { $card } bleibt auf { $stage }.

contacts-title = Empfohlene Person
contacts-mail = E-Mail
contacts-kind = Art der Organisation
contacts-preferred = Erster Kontakt
contacts-time = Wann es passt
consent-proof-title = Nachweis der Einwilligung
consent-proof-print = Druckansicht
consent-proof-empty = Noch hat niemand etwas dazu gesagt.
consent-proof-referral = Empfehlung
consent-proof-erased = Gelöschte Person
consent-proof-recorded = Festgehalten von { $name }
consent-proof-told = Was der Person dabei gesagt war
consent-proof-chosen = Gewähltes Dankeschön
consent-proof-kinds = Mögliche Arten
consent-proof-most = Höchstens
consent-proof-benefit = Vorteil für die eigene Firma
consent-channel-landing-page = Formular hinter dem Link
consent-channel-confirmation-mail = Link der Bestätigungsmail
consent-channel-private-page = Eigene Seite
consent-channel-phone = Telefonisch
consent-channel-in-person = Persönlich
contacts-masked = Verdeckt, bis diese Person eingewilligt hat.

neutral-lede = Wer hier über den Link einer empfehlenden Person kam, hat die neutrale Antwort erhalten: „Wir sind schon in Kontakt oder können diese Empfehlung nicht annehmen.“ Festgehalten sind Tag und Grund, über die Person nichts.
neutral-day = Tag
neutral-reason = Grund
neutral-answers = Anzahl
neutral-empty = Bisher niemand.
neutral-empty-help = Hier steht, warum jemand über einen Link nicht angenommen werden konnte, sobald es vorkommt.
neutral-carried = Über den Link dieser Empfehlung kam jemand und hat die neutrale Antwort erhalten. Festgehalten sind Tag und Grund, über die Person nichts. Die empfehlende Person sieht das nicht.
neutral-times = { $n ->
    [one] einmal
   *[other] { $n }-mal
}
neutral-suppressed = Diese Person möchte nicht angesprochen werden
neutral-own-company = Eigene Firma der empfehlenden Person
neutral-customer = Die Firma ist schon Kunde
neutral-open-deal = Mit der Firma ist schon ein Geschäft im Gange
neutral-taken-claim = Die Firma ist schon von jemand anderem empfohlen
hint-title = Vielleicht schon bekannt
hint-account = ({ $country }, { $status })

refer-way-ask = Die Kundenbetreuung spricht die Person einmal an
refer-way-ask-why = Nur wenn die Person damit rechnet. Name und Nummer werden verschlüsselt, nur die zuständige Kundenbetreuung darf sie sehen, und ohne Antwort sind sie nach { $days ->
        [one] einem Tag
       *[other] { $days } Tagen
    } gelöscht. Geschrieben wird niemandem.
refer-ask-allowed = Erlaubt für: { $where }.
refer-ask-name = Name der Person
refer-ask-phone = Telefonnummer der Person
refer-ask-why-help = Zum Beispiel: Sie hat mich am Montag gebeten, dass sich jemand meldet.
first-contact-phone = Telefon
first-contact-in-person = persönlich
first-contact-title = Erster Kontakt durch Menschen
first-contact-lede = Zunächst ist er nirgends erlaubt. Hier halten Sie fest, in welchem Land und auf welchem Weg die Kundenbetreuung eine empfohlene Person einmal ansprechen darf, und auf welcher Grundlage. Lassen Sie das vorher rechtlich prüfen.
first-contact-off = Ausgeschaltet: Nirgends erlaubt. Empfohlene Personen erhalten einen Link und entscheiden selbst.
first-contact-allowed = Erlaubt
first-contact-allow = Erlauben
first-contact-end = Nicht mehr erlauben
first-contact-channel = Weg
first-contact-ground = Grundlage
first-contact-ground-help = Wer hat es geprüft, wann, und warum ist es in diesem Land erlaubt?
first-contact-why = Warum rechnet die Person damit?
first-contact-panel = Einmal persönlich ansprechen
first-contact-until = Ohne Antwort werden Name und Nummer am { $date } gelöscht.
first-contact-reveal = Name und Nummer zeigen
first-contact-reveal-help = Nur Sie dürfen das sehen. Dass Sie es angesehen haben, wird festgehalten.
first-contact-once = Ein einziger Kontakt, keine E-Mail. Sagen Sie vor der Antwort sinngemäß:
first-contact-answer = Was hat die Person gesagt?
first-contact-yes = Ja, sie willigt ein
first-contact-no = Nein
first-contact-said = Ich habe das gesagt, bevor die Person geantwortet hat.
first-contact-record = Antwort eintragen
first-contact-link = Möchte die Person ihre Angaben lieber selbst eintragen, geben Sie ihr diesen Link:
first-contact-stop = Widerruf eintragen
first-contact-stop-help = Die Person möchte nicht mehr angesprochen werden: Alles über sie wird gelöscht, ein Sperrvermerk ohne Klartext bleibt.
error-path-forbidden = In diesem Land ist dieser Weg nicht erlaubt. Bitte reichen Sie den Link selbst weiter.
error-first-contact-allowed-already = Das ist schon erlaubt.
error-first-contact-not-assigned = Nur die zuständige Kundenbetreuung darf Name und Nummer sehen.
error-first-contact-not-revealed = Bitte sehen Sie erst Name und Nummer an.
error-spoken-words-missing = Ein Ja gilt nur, wenn Sie das vorher gesagt haben.

error-not-open = Diese Empfehlung ist schon abgeschlossen.
error-not-yours = Diese Empfehlung gehört jemand anderem.
error-not-forward = Die Empfehlung ist schon in dieser Phase oder weiter.
error-not-back = Eine Berichtigung führt nur zurück.
error-consent-missing = Die empfohlene Person hat noch nicht eingewilligt.
error-consent-answered = Die empfohlene Person hat schon geantwortet.
error-not-due = Dafür ist es noch zu früh.
error-already-contacted = Es wurde schon Kontakt aufgenommen. Bitte schreiben Sie Ihrer Kundenbetreuung.
error-wrong-end = Dieses Ende passt nicht zu dieser Phase.
error-company-taken = Zu dieser Firma gibt es inzwischen eine andere offene Empfehlung. Je Firma ist nur eine offen.
error-amend-too-late = Die Empfehlung ist schon angenommen oder abgeschlossen. Bitte schreiben Sie Ihrer Kundenbetreuung unter „Rückfragen“.
error-choice-missing = Bitte wählen Sie etwas aus.
error-reason-missing = Bitte wählen Sie einen Grund.
error-not-an-amount = Das ist kein Betrag. Er sieht zum Beispiel so aus: 12.500
error-amount-not-positive = Der Betrag muss größer als null sein.
error-amount-overflow = So hohe Beträge können wir nicht erfassen.
error-thanked-already = Es hat schon jemand gedankt. Ihre Worte stehen hier und lassen sich als Nachricht senden.
error-program-closed = Zurzeit nehmen wir keine Empfehlungen an.
error-incentive-blocked = Dieses Dankeschön ist für Sie nicht wählbar. Der Grund steht dabei.
error-organisation-missing = Bitte wählen Sie eine Organisation für die Spende.
error-incentive-gone = Das letzte wurde gerade vergeben. Bitte wählen Sie etwas anderes.
error-too-many-referrals = Heute sind schon sehr viele Empfehlungen eingegangen. Bitte machen Sie morgen weiter.
error-not-offered = Dieses Dankeschön gehört nicht zu diesem Programm.
error-too-late = Der Bedarf ist bestätigt, die Wahl bleibt jetzt, wie sie ist.
error-kind-not-disclosed = Diese Art wurde der empfohlenen Person nicht genannt und kann nicht mehr gewählt werden.
error-amount-above-disclosure = Das wäre mehr, als der empfohlenen Person genannt wurde.
error-neutral = Danke. Wir sind schon in Kontakt oder können diese Empfehlung nicht annehmen.

stage-between-gone = Entfallene Phase
move-on-to = Weiter: { $stage }
move-won-means = Als Kunde zählt die Firma, sobald { $won }.
error-stage-gone = Diese Phase gibt es nicht mehr. Wählen Sie eine andere.

due-title = Fällig
due-lede = Alle offenen Empfehlungen, die Sie betreuen, nach dem nächsten Versprechen.
due-what = Was ansteht
due-until = Bis wann
due-empty = Nichts ist offen.
due-empty-help = Sobald eine Empfehlung eingereicht ist, die Sie betreuen, steht hier ihr nächster Schritt.
deal-later = Auftragswert nachtragen
deal-later-help = Dankeschöns, die darauf warten, werden damit berechnet. Ein eingetragener Wert bleibt.
deal-later-do = Auftragswert eintragen
flash-deal-recorded = Der Auftragswert ist eingetragen.
error-deal-not-won = Die Firma ist noch kein Kunde.
error-deal-recorded = Es ist schon ein anderer Auftragswert eingetragen. Setzen Sie die Phase zurück und wieder auf Kunde, wenn er falsch ist.
error-answers = Bitte prüfen Sie Ihre Antworten auf die Fragen.
