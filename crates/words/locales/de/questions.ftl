# What marketing writes
questions-title = Fragen zur Empfehlung
questions-lede = Was das Formular einer Empfehlung zusätzlich fragt. Was schon beantwortet ist, behält den Wortlaut von damals.
questions-rule = Fragen Sie nach der Firma, nie nach der Person: Name, Adresse und Telefonnummer gibt die empfohlene Person selbst ein, wenn sie möchte. Die Antworten lesen die empfehlende Person und die Kundenbetreuung, sonst niemand.
question-n = Frage { $n }
question-new = Neue Frage
question-new-help = Bleibt sie leer, kommt keine dazu.
question-label-de = Frage, deutsch
question-label-en = Frage, englisch
question-kind = Art der Antwort
question-kind-line = eine Zeile Text
question-kind-text = mehrere Sätze
question-kind-choice = Auswahl aus einer Liste
question-kind-number = Zahl
question-kind-date = Datum
question-required = Muss beantwortet werden
question-options-de = Möglichkeiten, deutsch
question-options-en = Möglichkeiten, englisch
question-options-help = Eine je Zeile, in beiden Sprachen in derselben Reihenfolge.
question-out = Nicht mehr fragen
question-asked = Wird gefragt
question-not-asked = Nicht mehr gefragt
questions-out = { $n ->
    [one] Eine Frage, die nicht mehr gestellt wird
   *[other] { $n } Fragen, die nicht mehr gestellt werden
}
questions-full = Mehr als { $n } Fragen beantwortet niemand gern. Nehmen Sie eine heraus, um eine neue zu stellen.
questions-save = Fragen speichern
error-question-repeated = Das steht schon da.
error-options-differ = In beiden Sprachen müssen gleich viele Möglichkeiten stehen, eine je Zeile.
error-options-too-few = Bitte nennen Sie mindestens zwei Möglichkeiten, eine je Zeile.
error-options-too-many = Bitte nennen Sie höchstens zwanzig Möglichkeiten.
error-questions-too-many = Mehr als zwölf Fragen auf einmal sind zu viel. Nehmen Sie zuerst eine andere heraus.

# What the advocate answers
answers-title = Ihre Antworten
answers-seen = Die Antworten auf diese Fragen liest nur { $host }, nicht die empfohlene Person. Bitte nennen Sie keine Namen und keine Kontaktdaten.
answer-choose = Bitte wählen
answer-none = Keine Angabe
error-answer-names-address = Hier steht eine E-Mail-Adresse. Bitte lassen Sie sie weg: Kontaktdaten gibt die empfohlene Person selbst ein.
error-answer-not-a-number = Bitte geben Sie eine ganze Zahl ab 0 ein, zum Beispiel 250.
