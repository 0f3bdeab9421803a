# Verdachtsfälle, für das Marketing
fraud-title = Verdachtsfälle
fraud-lede = Was dem Portal an Empfehlungen aufgefallen ist. Solange ein Fall offen ist, sind die Prämien der betroffenen Empfehlungen angehalten. Ein Anhaltspunkt ist kein Beweis: Ein Mensch sieht nach und entscheidet.
fraud-open = Offen
fraud-decided = Entschieden
fraud-none = Kein Fall ist offen.
fraud-none-help = Spricht genug gegen eine Empfehlung, steht hier ein Fall der empfehlenden Person.
fraud-none-decided = Noch ist kein Fall entschieden.
fraud-none-decided-help = Entschiedene Fälle bleiben hier stehen, mit Person und Begründung.
fraud-person = Person
fraud-score = Gewicht
fraud-state = Stand
fraud-since = Seit
fraud-case = Fall: { $name }
fraud-opened = Offen seit { $date }, Gewicht { $score }
fraud-reasons = Was dafür spricht
fraud-reasons-help = Jeder Anhaltspunkt zählt einmal, wie viele Empfehlungen er auch betrifft. Die Gewichte legt die Administration fest.
fraud-reason = Anhaltspunkt
fraud-weight = Gewicht
fraud-referrals = Empfehlungen
fraud-evidence = Was gefunden wurde
fraud-referral = Empfohlene Firma
fraud-found-at = Wann
fraud-rewards = Betroffene Prämien
fraud-no-rewards = Diese Empfehlungen haben bisher nichts verdient. Was sie verdienen, solange der Fall offen ist, wird angehalten.
fraud-more-rewards = Es sind mehr als diese. Alle sind betroffen.
fraud-to-case = Zum Verdachtsfall
fraud-decision = Entscheidung
fraud-verdict = Was ist es?
fraud-why = Begründung
fraud-why-help = War es Missbrauch, liest { $name } sie bei den zurückgenommenen Prämien. Nennen Sie keine empfohlene Person.
fraud-decide = Entscheidung festhalten
fraud-decided-by = { $name }, { $date }
fraud-typed = Nicht festgehalten, weil jemand anderes schneller war:
flash-case-decided = Die Entscheidung ist festgehalten.
error-own-case = Über den eigenen Fall und die Fälle der eigenen Organisation entscheidet jemand anderes.
error-case-decided = Dieser Fall ist schon entschieden.
error-verdict-missing = Bitte wählen Sie eines aus.

fraud-state-open = Offen
fraud-state-confirmed = Missbrauch
fraud-state-false-alarm = Fehlalarm

fraud-verdict-confirmed = Missbrauch: Alles, was diese Empfehlungen verdient haben, wird zurückgenommen
fraud-verdict-false-alarm = Fehlalarm: Alles ist, wie es war

fraud-name-same-person = Dieselbe Person
fraud-name-colleague = Aus dem eigenen Haus
fraud-name-same-company = Eigene Organisation
fraud-name-known-mailbox = Bekanntes Postfach
fraud-name-disposable = Wegwerfadresse
fraud-name-velocity = Viele Empfehlungen
fraud-name-shared-address = Eine Netzadresse
fraud-name-quick-win = Sehr schneller Abschluss

fraud-reason-same-person = Die empfohlene Person hat den Namen oder das Postfach der empfehlenden.
fraud-reason-colleague = Die empfohlene Person hat das Postfach von jemandem aus der Organisation der empfehlenden.
fraud-reason-same-company = Empfohlen wurde die eigene Organisation, nach ihrem Namen oder ihrer Domain.
fraud-reason-known-mailbox = Das Postfach der empfohlenen Person steht in einer anderen Empfehlung derselben empfehlenden Person.
fraud-reason-disposable = Die Adresse der empfohlenen Person gehört zu einem Anbieter von Wegwerfadressen.
fraud-reason-velocity = Die empfehlende Person hat in kurzer Zeit viele Empfehlungen gemacht.
fraud-reason-shared-address = Viele Empfohlene derselben Person kamen an einem Tag von einer Netzadresse.
fraud-reason-quick-win = Der Abschluss folgte sehr bald auf die Annahme der Empfehlung.

fraud-found-velocity = { $n } Empfehlungen derselben Person in kurzer Zeit.
fraud-found-shared-address = { $n } Empfohlene derselben Person an einem Tag von einer Netzadresse.
fraud-found-quick-win = { $n ->
    [0] Abgeschlossen weniger als eine Minute nach der Annahme.
    [one] Abgeschlossen eine Minute nach der Annahme.
   *[other] Abgeschlossen { $n } Minuten nach der Annahme.
}

settings-fraud-help = Gilt für das, was von jetzt an geschieht. Ein Gewicht von 0 schaltet eine Prüfung ab; jedes darf bis 1000 gehen.
settings-fraud-threshold = Gewicht, ab dem ein Fall eröffnet wird
settings-fraud-threshold-help = 1 bis 1000. Was weniger wiegt, wird vermerkt und kommt hinzu, sobald ein Fall derselben Person offen ist.
settings-fraud-referrals = Viele Empfehlungen: ab wie vielen
settings-fraud-referrals-help = Von einer Person, innerhalb der Stunden im nächsten Feld. 2 bis 200.
settings-fraud-hours = Viele Empfehlungen: innerhalb wie vieler Stunden
settings-fraud-hours-help = 1 bis 720.
settings-fraud-contacts = Eine Netzadresse: ab wie vielen Empfohlenen
settings-fraud-contacts-help = Derselben empfehlenden Person, an einem Tag. 2 bis 200. Netzadressen werden durch einen Hashwert verglichen, der nur zu seinem Tag gehört.
settings-fraud-minutes = Sehr schneller Abschluss: innerhalb wie vieler Minuten
settings-fraud-minutes-help = Von der Annahme bis zum Abschluss. 1 bis 10080, das ist eine Woche.

job-settle-case = Zurücknehmen, worum es in einem Missbrauchsfall geht
