# The bars on top of every page, and the links at its foot
nav-staff = Dienstbereich
nav-manage = Verwalten
nav-people = Personen
nav-accounts = Organisationen
nav-import = Import
nav-legal = Rechtstexte
legal-imprint = Impressum
legal-privacy = Datenschutz
legal-terms = Bedingungen
nav-refer = Empfehlen
nav-work = Arbeit
nav-board = Tafel
nav-work-list = Alle Empfehlungen
nav-neutral = Ohne Ergebnis
nav-tabs = Hauptbereiche unten
