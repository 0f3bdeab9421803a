# Segments: groups of customers
segments-title = Segmente
segments-lede = Gruppen von Organisationen, die eine Kampagne oder ein Pilot zuerst oder allein erreicht.
segments-empty = Noch kein Segment.
segments-empty-help = Ein Segment braucht einen Namen und mindestens eine Bedingung, oder eine Liste von Organisationen.
segment-new = Segment anlegen
segment-save = Segment speichern
segment-end = Segment löschen
segment-name = Segment
segment-name-de = Name auf Deutsch
segment-name-en = Name auf Englisch
segment-who = Wer dazugehört
segment-none = Keines
segment-by-rule = Nach Bedingungen
segment-by-rule-help = Alle Bedingungen müssen zutreffen; innerhalb einer genügt eine der Angaben. Was über eine Organisation nicht bekannt ist, erfüllt keine Bedingung. Wer dazugehört, wird jedes Mal neu bestimmt.
segment-countries = Länder
segment-since = Kundin oder Kunde ab
segment-until = Kundin oder Kunde bis
segment-said-since = Kundin oder Kunde seit dem { $date } oder später
segment-said-until = Kundin oder Kunde seit dem { $date } oder früher
segment-statuses = Status
segment-tiers = Stufen
segment-sections = Branchen
segment-recipients = Arten von Organisationen
segment-managers = Kundenbetreuungen
segment-by-hand = Von Hand
segment-companies = Organisationen
segment-companies-help = Statt der Bedingungen: je Zeile eine Organisation, mit ihrem Namen aus der Liste der Organisationen oder mit ihrer E-Mail-Domain. Höchstens 500.
segment-unclear = Diese Zeilen nennen keine Organisation oder mehr als eine:
segment-picked = { $n ->
    [one] Eine Organisation, von Hand gewählt
   *[other] { $n } Organisationen, von Hand gewählt
}
segment-now = Wer jetzt dazugehört
segment-size = { $people ->
    [one] Eine Person
   *[other] { $people } Personen
} aus { $companies ->
    [one] einer Organisation
   *[other] { $companies } Organisationen
}
segment-sample = Einige davon
segment-used = Wo es verwendet wird
segment-unused = Nirgends. Es kann gelöscht werden.
segment-used-tiers = Pilot der Stufen
segment-used-campaign = Kampagne { $name }
pilot-segment = Erst in einem Segment
error-segment-everybody = Bitte nennen Sie mindestens eine Bedingung oder eine Organisation. Ein Segment ohne Bedingung wären alle.
error-segment-days = Der letzte Tag liegt vor dem ersten.
error-segment-too-many = Bitte wählen Sie höchstens 500 Organisationen von Hand, oder nennen Sie Bedingungen.
error-segment-both = Bitte nennen Sie entweder Bedingungen oder Organisationen, nicht beides.
error-segment-unclear = Nicht jede Zeile nennt genau eine Organisation. Bitte schreiben Sie dort die E-Mail-Domain, oder löschen Sie die Zeile.
error-segment-in-use = Dieses Segment wird noch verwendet. Wo, steht neben dem Formular; beenden Sie das zuerst.
