tiers-title = Stufen
tiers-lede = Ihre Stufe steigt von selbst, sobald alle Bedingungen erfüllt sind.
tiers-yours = Ihre Stufe
tiers-none = Noch keine Stufe
tiers-since = seit { $date }
tiers-missing = { $n ->
    [one] Bis { $tier } fehlt noch etwas.
   *[other] Bis { $tier } fehlen noch { $n } Dinge.
}
tiers-top = Höher geht es nicht. Danke.
tiers-next-brings = { $tier } bringt: { $benefits }.
tiers-see-rules = Regeln ansehen
tiers-progress = { $have } von { $need }
tiers-progress-done = { $rule }, erledigt
tiers-term = Ernennung zur Botschafterin oder zum Botschafter
tiers-all-rules = Alle Bedingungen einer Stufe und aller Stufen darunter müssen erfüllt sein. Gezählt wird von selbst, bei jedem Schritt Ihrer Empfehlungen. Wer eine Stufe nicht mehr erfüllt, wird gewarnt und behält sie noch eine Frist lang.
tiers-brings = Das bringt { $tier }
tiers-opens = Von da an wählbar: { $offers }
tiers-takes = Das braucht es
tiers-current = Ihre Stufe
tiers-history = Ihr Weg
tiers-history-of = Weg durch die Stufen
tiers-history-by = durch die Empfehlung
tiers-history-recount = durch die tägliche Zählung, nach neuen Bedingungen
tiers-history-scheme = durch neue Bedingungen (Fassung { $n })
tiers-history-put-back = weil eine Änderung der Stufen zurückgenommen wurde
tiers-history-now = { $date }: jetzt { $tier }
tiers-history-lapsed = nach Ablauf der Frist
tiers-risk = { $tier } behalten Sie bis { $date }.
tiers-risk-lapsed = Ein Teil dessen, was für die Stufe zählt, liegt länger als zwölf Monate zurück.
tiers-risk-scheme = Die Bedingungen der Stufe haben sich geändert.
tiers-risk-referral = Eine Empfehlung, die zählte, wurde berichtigt.
tiers-risk-todo = Bis dahin fehlt Ihnen, was unten steht. Erfüllen Sie es vorher, bleibt alles, wie es ist.
tiers-history-line = { $date }: { $tier } erreicht
tier-rule-won = { $n ->
    [one] eine Empfehlung, die Kunde wird
   *[other] { $n } Empfehlungen, die Kunde werden
}
tier-rule-qualified = { $n ->
    [one] eine Empfehlung mit bestätigtem Bedarf
   *[other] { $n } Empfehlungen mit bestätigtem Bedarf
}
tier-rule-other = { $n } mal { $metric }
tier-rule-in-year = { $rule }, in 12 Monaten

manage-tiers-title = Stufen
manage-tiers-lede = Wer welche Stufe erreicht und was sie bringt. Geändert werden alle Stufen zusammen, in einem Entwurf: Vor jeder Wirkung steht da, wen er bewegt.
manage-tiers-all = Alle Bedingungen müssen erfüllt sein, auch die der Stufen darunter.
manage-tiers-metric = Stufe { $tier }, Messgröße { $n }
manage-tiers-at-least = mindestens
manage-tiers-value = Stufe { $tier }, Wert { $n }
manage-tiers-period = Stufe { $tier }, Zeitraum { $n }
manage-tiers-unused = – keine Bedingung –
manage-tiers-name-de = Name auf Deutsch
manage-tiers-name-en = Name auf Englisch
manage-tiers-benefits-de = Was sie bringt, auf Deutsch
manage-tiers-benefits-en = Was sie bringt, auf Englisch
metric-won-referrals = Gewonnene Empfehlungen
metric-qualified-referrals = Empfehlungen mit bestätigtem Bedarf
period-lifetime = insgesamt
period-rolling-year = in 12 Monaten

draft-title = Entwurf der Stufen
draft-lede = Alle Stufen zusammen, die höchste zuerst. Der Entwurf wirkt erst, wenn Sie ihn einführen.
draft-tier-n = Stufe { $n }
draft-term = Dazu kommt die Ernennung (nur bei der höchsten Stufe)
draft-add = Höhere Stufe hinzufügen
draft-raise = Stufe { $n } eins höher
draft-lower = Stufe { $n } eins tiefer
draft-remove = Stufe { $n } entfernen
draft-save = Entwurf speichern und Wirkung ansehen
draft-discard = Entwurf verwerfen
draft-begin = Stufen ändern
draft-go-on = Entwurf bearbeiten
draft-stands = Entwurf zu Fassung { $n }, gespeichert am { $date }. Er hat noch keine Wirkung.

preview-title = Wirkung des Entwurfs
preview-lede = Gezählt aus denselben Zahlen, nach denen die Stufen vergeben werden. Noch ist nichts geändert.
preview-rise = steigen
preview-fall-short = erfüllen ihre Stufe nicht mehr
preview-stay = bleiben
preview-who-rises = Wer steigt
preview-who-falls-short = Wer die Stufe nicht mehr erfüllt
preview-who-stays = Wer bleibt
preview-now = haben sie jetzt
preview-reach = erfüllen sie dann
preview-gone = fällt weg; wer sie hat, kommt auf die nächste Stufe darunter
preview-edit = Entwurf bearbeiten
preview-person = Person
preview-company = Organisation
preview-has = Stufe jetzt
preview-reaches = erfüllt dann
preview-nobody = Niemand.
preview-nobody-help = Der Entwurf bewegt niemanden auf diese Weise.

effect-title = Einführen
effect-help = Wer steigt, steigt sofort und erfährt es per E-Mail. Wer seine Stufe nicht mehr erfüllt, wird gewarnt und verliert sie erst nach der Frist von { $grace } Tagen. Umgestellt wird in kleinen Schritten im Hintergrund; { $undo } Tage lang lässt es sich zurücknehmen.
effect-all = Für alle einführen
effect-confirm = Ja, eine Stufe mit Mitgliedern soll vorerst für niemanden erreichbar sein
pilot-start = Als Pilot beginnen
pilot-countries = Erst in bestimmten Ländern
pilot-countries-label = Länder der Organisationen
pilot-countries-help = Zwei Buchstaben je Land, zum Beispiel AT, CH
pilot-managers = Erst bei bestimmten Kundenbetreuungen
pilot-tiers = Erst bei denen, die jetzt eine bestimmte Stufe haben

rollout-title = Einführung der Fassung { $n }
rollout-piloting = Die Mitglieder des Piloten werden gerade umgestellt. Laden Sie die Seite neu, um den Stand zu sehen.
rollout-pilot = Der Pilot läuft: Seine Mitglieder gehen nach Fassung { $n }, alle anderen nach der bisherigen.
rollout-rolling = Alle werden gerade umgestellt. Laden Sie die Seite neu, um den Stand zu sehen.
rollout-putting-back = Alle bekommen gerade zurück, was sie vorher hatten. Laden Sie die Seite neu, um den Stand zu sehen.
rollout-in-force = Fassung { $n } gilt für alle. Zurücknehmen lässt sie sich bis { $until }.
rollout-all = Für alle einführen
rollout-close = Pilot beenden und zurückstellen
rollout-undo = Zurücknehmen: alle bekommen ihre Stufe von vorher
rollout-figures = Wer von welcher Stufe auf welche kam
rollout-before = Stufe vorher
rollout-now = Stufe jetzt
versions-title = Frühere und jetzige Fassungen
versions-number = Fassung
versions-since = eingeführt am

flash-tiers-saved = Der Entwurf ist gespeichert. Noch ist nichts geändert.
flash-tiers-discarded = Der Entwurf ist verworfen.
flash-tiers-rolling = Die Umstellung läuft im Hintergrund.
error-tier-no-rule = Eine Stufe braucht mindestens eine Bedingung.
error-tier-zero = Eine Bedingung beginnt bei 1.
error-tier-not-counted = Das zählt noch niemand. Bitte wählen Sie eine andere Messgröße.
error-tier-easier = Eine höhere Stufe darf nicht leichter sein als eine darunter. Bitte verlangen Sie hier mehr oder dort weniger.
error-tier-term-below-top = Nur die höchste Stufe braucht eine Ernennung.
error-tier-count = Es braucht mindestens eine Stufe, und höchstens acht.
error-tier-name-taken = Eine andere Stufe heißt schon so. Bitte geben Sie ihr einen eigenen Namen.
error-tier-rollout-stale = Inzwischen hat sich der Stand geändert. Bitte sehen Sie ihn sich an, bevor Sie entscheiden.
error-tier-rollout-under-way = Eine andere Fassung wird gerade eingeführt oder läuft als Pilot. Bitte entscheiden Sie zuerst über diese.
error-tier-locks-out = Eine Stufe, die jetzt Mitglieder hat, könnte danach niemand erreichen. Bitte ändern Sie ihre Bedingungen, oder bestätigen Sie es.
error-tier-pilot-empty = Zu diesem Piloten gehört niemand. Bitte wählen Sie andere.
error-tier-undo-too-late = Zurücknehmen lässt sich das nicht mehr. Bitte führen Sie die frühere Fassung als neuen Entwurf ein.
error-not-a-number = Bitte geben Sie eine ganze Zahl ein.
nav-tiers = Stufen
home-standing = Ihr Stand
manage-tiers-brings = Was sie bringt

mail-tier-subject = Ihre neue Stufe: { $tier }
mail-tier = Ihre Empfehlungen haben Sie bei { $host } auf die Stufe { $tier } gebracht.
mail-tier-brings = Das bringt sie: { $value }
mail-tier-risk-subject = Ihre Stufe { $tier } läuft ab
mail-tier-risk-lapsed = Ein Teil dessen, was für Ihre Stufe { $tier } bei { $host } zählt, liegt nun länger als zwölf Monate zurück.
mail-tier-risk-scheme = Die Bedingungen der Stufe { $tier } bei { $host } haben sich geändert, und zurzeit erfüllen Sie sie nicht.
mail-tier-risk-referral = Eine Empfehlung, die für Ihre Stufe { $tier } bei { $host } zählte, wurde berichtigt.
mail-tier-risk-until = Sie behalten die Stufe bis { $value }. Was bis dahin fehlt, steht auf der Seite Ihrer Stufen; erfüllen Sie es, bleibt alles, wie es ist.
mail-tier-lost-subject = Ihre Stufe { $tier } ist abgelaufen
mail-tier-lost = Die Frist, in der Sie die Stufe { $tier } bei { $host } behalten konnten, ist vorbei. Ihr Stand jetzt: { $value }.
mail-tier-kept = Was Sie mit ihr gewählt und verdient haben, bleibt Ihres.
mail-tier-button = Stufen ansehen
