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
tiers-all-rules = Alle Bedingungen einer Stufe und aller Stufen darunter müssen erfüllt sein. Gezählt wird von selbst, bei jedem Schritt Ihrer Empfehlungen. Herabgestuft werden Sie durch einen einzelnen Schritt nie.
tiers-brings = Das bringt { $tier }
tiers-takes = Das braucht es
tiers-current = Ihre Stufe
tiers-history = Ihr Weg
tiers-history-of = Weg durch die Stufen
tiers-history-by = durch die Empfehlung
tiers-history-recount = durch die tägliche Zählung, nach neuen Bedingungen
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
manage-tiers-lede = Wer welche Stufe erreicht und was sie bringt. Änderungen gelten vom nächsten Schritt einer Empfehlung an; niemand verliert dadurch seine Stufe.
manage-tiers-people = { $n ->
    [one] 1 Person
   *[other] { $n } Personen
}
manage-tiers-who = Wer { $tier } erreicht
manage-tiers-all = Alle Bedingungen müssen erfüllt sein, auch die der Stufen darunter.
manage-tiers-term = Dazu kommt die Ernennung.
manage-tiers-metric = Messgröße { $n }
manage-tiers-at-least = mindestens
manage-tiers-value = Wert { $n }
manage-tiers-period = Zeitraum { $n }
manage-tiers-unused = – keine Bedingung –
manage-tiers-name-de = Name auf Deutsch
manage-tiers-name-en = Name auf Englisch
manage-tiers-benefits-de = Was sie bringt, auf Deutsch
manage-tiers-benefits-en = Was sie bringt, auf Englisch
manage-tiers-save = Stufe speichern
metric-won-referrals = Gewonnene Empfehlungen
metric-qualified-referrals = Empfehlungen mit bestätigtem Bedarf
period-lifetime = insgesamt
period-rolling-year = in 12 Monaten

flash-tier-saved = Die Stufe ist gespeichert.
error-tier-no-rule = Eine Stufe braucht mindestens eine Bedingung.
error-tier-zero = Eine Bedingung beginnt bei 1.
error-tier-not-counted = Das zählt noch niemand. Bitte wählen Sie eine andere Messgröße.
error-tier-easier = Eine höhere Stufe darf nicht leichter sein als eine darunter.
error-not-a-number = Bitte geben Sie eine ganze Zahl ein.
nav-tiers = Stufen
home-standing = Ihr Stand
manage-tiers-brings = Was sie bringt

mail-tier-subject = Ihre neue Stufe: { $tier }
mail-tier = Ihre Empfehlungen haben Sie bei { $host } auf die Stufe { $tier } gebracht.
mail-tier-brings = Das bringt sie: { $benefits }
mail-tier-button = Stufen ansehen
