demo-title = Vorführung ansehen als
demo-text = Ein Klick genügt. Alle Personen und Firmen sind erfunden.
demo-mails = Nicht versandte Nachrichten
demo-mails-text = In der Vorführung wird nichts versandt. Hier steht, was die Menschen bekommen hätten.
