win-title = Dreifacher Nutzen
win-range = { $from } bis { $to }
win-sentence-start = { $n ->
    [one] Eine Empfehlung hat
   *[other] { $n } Empfehlungen haben
}
win-sentence-customers = { $n ->
    [0] noch keinen neuen Kunden gebracht, den
    [one] einen neuen Kunden gebracht, den
   *[other] { $n } neue Kunden gebracht, den
}
win-sentence-rewards = { $n ->
    [0] noch keine Prämie und den
    [one] eine Prämie und den
   *[other] { $n } Prämien und den
}
win-sentence-benefits = { $n ->
    [0] noch keinen Vorteil.
    [one] einen Vorteil.
   *[other] { $n } Vorteile.
}
win-mark-advocates = Empfehlenden
win-mark-customers = neuen Kunden
win-advocates = Empfehlende
win-customers = Neue Kunden
win-empty = Noch ist nichts zu zeigen: Der erste Eintrag entsteht, sobald eine Empfehlung angenommen wird.
win-figure-customers = { $n ->
    [one] 1 neuer Kunde
   *[other] { $n } neue Kunden
}
win-figure-customers-of = { $n ->
    [one] aus einer Einführung ({ $percent } %)
   *[other] aus { $n } Einführungen ({ $percent } %)
}
win-figure-rewards = { $n ->
    [one] 1 Prämie
   *[other] { $n } Prämien
}
win-figure-benefits = { $n ->
    [one] 1 Vorteil
   *[other] { $n } Vorteile
}
win-figure-benefits-of = { $n ->
    [one] an einen neuen Kunden, mit Nachweis
   *[other] bei { $n } neuen Kunden, mit Nachweis
}
win-chart-customers = Neue Kunden je Quartal
win-chart-rewards = Bereitgestellte Prämien je Quartal
win-chart-benefits = Bereitgestellte Vorteile je Quartal
win-chart-title = { $what }: { $values }
win-revenue = Umsatz im ersten Jahr, zusammen, als Band
win-donations = Alle Spenden zusammen, als Band
win-benefits-worth = Wert der Vorteile zusammen, als Band
win-band = { $from } bis { $below }
win-not-yet = Noch nicht genug Daten: { $have } von { $need } Angaben, die älter als 30 Tage sind.
win-who-gives = Wer gibt wem?
win-how = So rechnen wir
win-how-text = Jede Zahl ist die Anzahl der Einträge im Verzeichnis des dreifachen Nutzens, und jeder Eintrag hat einen Beleg: die angenommene Empfehlung, den Auftrag, die Bereitstellung mit Nachweis. Beträge anderer erscheinen nur als Band, ab fünf Angaben und nach 30 Tagen. Wird ein Beleg zurückgenommen, fällt sein Eintrag weg.
win-gives-to = gibt an
win-flow-introductions = { $n ->
    [one] 1 Einführung
   *[other] { $n } Einführungen
}
win-flow-orders = { $n ->
    [one] 1 Auftrag
   *[other] { $n } Aufträge
}
win-flow-host-why = angenommene Empfehlungen mit Einwilligung
win-flow-customer-why = diejenigen davon, aus denen Kunden geworden sind
win-flow-orders-why = Beträge nur als Band, nach 30 Tagen, ab fünf Aufträgen
win-flow-rewards-why = bereitgestellt, mit Nachweis
win-flow-benefits-why = im Vertrag zugesagt, mit Nachweis
win-flow-title = Wer gibt wem: { $lines }
win-table = Zahlen je Quartal
win-period = Zeitraum
win-quarter = { $q }. Quartal { $year }
win-quarter-running = { $q }. Quartal { $year }, bis { $date }
win-introductions = Einführungen
win-new-customers = Neue Kunden
win-rewards = Prämien
win-benefits = Vorteile
win-all-time = Insgesamt
win-csv = Tabelle als CSV
win-rewards-kinds = davon { $kinds }
win-kind-money = Geld
win-kind-saving = Ersparnis
win-kind-access = Zugang
win-kind-introduction = Einführung
win-kind-donation = Spende
win-kind-standing = Ansehen
win-kind-time = Zeit

win-panel-of = { $n ->
    [0] Sobald Ihre erste Empfehlung angenommen ist, steht hier, was sie allen dreien gebracht hat.
    [one] Aus Ihrer angenommenen Empfehlung
   *[other] Aus Ihren { $n } angenommenen Empfehlungen
}
win-panel-reciprocity = Ihr Gegenseitigkeitskonto: { $given ->
    [one] eine Einführung
   *[other] { $given } Einführungen
} gegeben, { $received ->
    [0] noch keine
    [one] eine
   *[other] { $received }
} erhalten.
win-panel-all = Alles ansehen
win-panel-company = Neue Kunden für { $host }
win-panel-advocate = Bereitgestellte Prämien
win-panel-customer = Vorteile für neue Kunden

win-referral-title = Was diese Empfehlung gebracht hat
win-referral-empty = Noch nichts. Der erste Eintrag entsteht mit der Annahme.
win-referral-new-customer = Neuer Kunde
win-referral-advocate = Empfehlende Person
win-seen-up-to = höchstens { $amount }
win-seen-not-yet = Betrag noch nicht sichtbar
win-cause-accepted = Empfehlung angenommen
win-cause-won = Kunde geworden
win-cause-reward-fulfilled = Prämie bereitgestellt
win-cause-benefit-fulfilled = Vorteil bereitgestellt
nav-triple-win = Dreifacher Nutzen
