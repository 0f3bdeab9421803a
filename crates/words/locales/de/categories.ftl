# Steuer und Buchhaltung
category-title = Steuerlich
category-label = Was die Prämie für Steuer und Buchhaltung ist
category-help = Der Vorschlag folgt einer allgemeinen Regel und ersetzt keine Steuerberatung. Was Sie bestätigen, steht in jeder Ausfuhr.
category-save = So bestätigen
category-proposed = { $category } (Vorschlag)
category-confirmed = Bestätigt von { $name } am { $date }
tax-category-price-reduction = Preisnachlass
tax-category-mediation = Vermittlung mit USt. und Gutschriftsbeleg
tax-category-person-income = Einkommen der Person
tax-category-gift = Geschenk ohne Zusage
tax-category-barter = Leistung gegen Leistung
tax-category-donation = Spende
reward-step-categorise = Steuerlich eingeordnet
statement-category = Steuerlich
flash-reward-categorised = Die steuerliche Einordnung ist bestätigt.
error-not-a-category = Bitte wählen Sie eine der Einordnungen.
