consent-somebody = die empfehlende Person
consent-recommended-by = Empfohlen von { $name }
consent-recommended = Empfohlen aus dem Kreis der Kunden von { $host }
consent-what-gets = Was erhält { $name } dafür?
consent-what-you-get = Was erhält Ihre Firma?
consent-benefit-company = Der Vorteil geht an Ihre Firma, nie an die Person, die einkauft.
consent-benefit-none = In diesem Programm ist kein besonderer Vorteil vorgesehen, auch kein Nachteil.
consent-gets-credit = Für sich selbst erhält { $name } nichts. Die eigene Firma erhält bei { $host } ein Guthaben:
consent-gets-mutual-referral = Für sich selbst erhält { $name } nichts. Der eigenen Firma stellt { $host } im Gegenzug passende Kontakte vor:
consent-gets-early-access = Für sich selbst erhält { $name } nichts. Die eigene Firma erhält von { $host } Vorabzugang zu Neuem:
consent-gets-donation = Für sich selbst erhält { $name } nichts. Im Namen der eigenen Firma spendet { $host }{ $organisation }:
consent-gets-donation-to = { " " }an { $organisation }
consent-gets-none = Nichts. So hat es { $name } gewählt.
consent-gets-open = Noch hat { $name } nicht gewählt. Was es auch wird, es geht an die eigene Firma oder an eine Organisation.
consent-part-accepted = { $amount }, sobald { $host } die Empfehlung annimmt
consent-part-meeting = { $amount } nach einem ersten Gespräch
consent-part-qualified = { $amount }, wenn der Bedarf bestätigt ist
consent-part-won = { $amount }, wenn Ihre Firma Kunde wird
consent-part-up-to = bis zu { $amount }
consent-most = Höchstens { $amount }.
consent-also-possible = Möglich wären auch: { $kinds }. Ändert sich die Wahl, sehen Sie es auf Ihrer Seite.
consent-kind-credit = Guthaben
consent-kind-mutual-referral = Gegenempfehlung
consent-kind-early-access = Vorabzugang
consent-kind-donation = Spende
consent-kind-none = nichts
consent-or = { $a } oder { $b }

consent-form-title = Möchten Sie mehr wissen?
consent-field-name = Name
consent-field-company = Firma
consent-field-role = Funktion
consent-field-email = E-Mail bei der Arbeit
consent-field-email-help = Sie erhalten eine einzige Nachricht zur Bestätigung.
consent-field-phone = Telefon
consent-field-kind = Ihre Organisation ist
consent-field-preferred = Am liebsten
consent-field-time = Wann passt es Ihnen?
consent-field-time-help = Zum Beispiel: dienstags ab 14 Uhr.
consent-field-steps = Jeden Schritt zeigen
consent-shows-steps = Ich erlaube, dass { $name } jeden Schritt der Gespräche sieht, nicht nur den groben Stand
consent-shows-steps-help = Nie den Inhalt, nie Beträge. Auf Ihrer Seite können Sie das jederzeit ändern.
consent-field-language = Sprache
consent-kind-choose = Bitte wählen
consent-recipient-private-company = ein Unternehmen
consent-recipient-public-body = eine öffentliche Stelle
consent-recipient-health-professional = ein Betrieb im Gesundheitswesen
consent-recipient-regulated-financial = eine Bank oder Versicherung
consent-recipient-legal-profession = eine Kanzlei
consent-preferred-mail = per E-Mail
consent-preferred-video = per Videogespräch
consent-preferred-phone-morning = per Telefon, vormittags
consent-preferred-phone-afternoon = per Telefon, nachmittags
consent-language-de = Deutsch
consent-language-en = Englisch
consent-wording = Ich willige ein, dass { $host } mich zu dieser Empfehlung per E-Mail und auf dem gewählten Weg anspricht. Wer mich empfohlen hat ({ $name }), sieht nur den Stand, nicht den Inhalt. Ich kann jederzeit mit einem Klick widerrufen.
consent-wording-spoken = { $name } hat Sie { $host } empfohlen und erhält dafür vielleicht ein Dankeschön, an die eigene Firma. Darf { $host } mit Ihnen über diese Empfehlung sprechen? Wer Sie empfohlen hat, sieht nur den Stand, nicht den Inhalt. Sie können das jederzeit widerrufen; dann wird alles gelöscht.
consent-wording-version = Wortlaut, Fassung { $version }. Was mit Ihren Daten geschieht, steht unter „Woher haben wir Ihre Daten?“
consent-submit = Gespräch anfragen
consent-refuse = Nein, danke
consent-refuse-own = Nicht interessiert? Dann schließen Sie diese Seite oder sagen Sie es uns. Gespeichert wird nichts: Wir wissen nicht, wer Sie sind.
consent-refuse-carried = Nicht interessiert? Dann löschen wir, was { $name } zu Ihrer Funktion und zum Anlass geschrieben hat, und die Empfehlung endet.
consent-closed = Dieses Programm nimmt zurzeit keine Empfehlungen an.

consent-next = Wie es weitergeht
consent-next-confirm = Sie bestätigen Ihre Adresse
consent-next-confirm-text = Ein Klick in der Nachricht. Ohne ihn löschen wir alles nach { $days } Tagen.
consent-next-contact = { $host } meldet sich
consent-next-contact-text = Innerhalb von { $hours ->
    [one] einer Stunde
   *[other] { $hours } Stunden
}, auf Ihrem Weg.
consent-next-decide = Sie entscheiden
consent-next-decide-text = Ein Gespräch, kein Vertrag. „Nein“ gilt sofort.
consent-next-told = Der Stand wird weitergegeben
consent-next-told-text = An { $name } geht nur: „in Prüfung“, „in Kontakt“, „im Gespräch“, „Kunde geworden“ oder „diesmal nicht“, es sei denn, Sie erlauben mehr.
consent-source = Woher haben wir Ihre Daten?
consent-source-own = Ihren Namen und Ihre Adresse kennen wir nicht. Sie haben den Link von { $name } geöffnet; wir zählen den Klick ohne Ihre Netzadresse und setzen dafür kein Cookie.
consent-source-carried = Ihren Namen und Ihre Adresse kennen wir nicht. { $name } hat uns nur Ihre Firma ({ $company }), Ihre Funktion und den Anlass genannt und Ihnen den Link selbst geschickt.
consent-source-unnamed = Ihren Namen und Ihre Adresse kennen wir nicht. Wer Sie empfiehlt, hat uns nur Ihre Firma ({ $company }), Ihre Funktion und den Anlass genannt und Ihnen den Link selbst geschickt.
consent-source-rights = Was Sie hier eintragen, steht danach auf einer eigenen Seite, die nur Sie öffnen können: ansehen, berichtigen, widerrufen, widersprechen, löschen.

consent-sent-title = Sehen Sie in Ihr Postfach
consent-sent-text = Wir haben eine Nachricht an die Adresse gesandt, die Sie eingetragen haben. Erst ein Klick darin gibt Ihre Einwilligung. Ohne ihn löschen wir alles nach { $days } Tagen.
consent-neutral-title = Vielen Dank
consent-neutral-text = Wir sind bereits in Kontakt oder können diese Empfehlung nicht annehmen. Von Ihren Angaben haben wir nichts gespeichert.
consent-refused-title = Das gilt
consent-refused-text = Sie hören in dieser Sache nichts von uns.
consent-erased-title = Gelöscht
consent-erased-text = Ihre Angaben sind gelöscht. Geblieben ist nur ein Vermerk ohne Namen und Adresse, dass und wann wir Sie ansprechen durften.
consent-objected-title = Sie werden nicht mehr gefragt
consent-objected-text = Alles über Sie ist gelöscht. Geblieben ist ein Sperrvermerk ohne Klartext, damit niemand Sie hier noch einmal empfehlen kann.
consent-gone-title = Diese Seite gibt es nicht mehr
consent-gone-text = Der Link ist abgelaufen, oder die Angaben dahinter sind gelöscht.

consent-confirm-title = Einwilligung bestätigen
consent-confirm-lede = Sie haben ein Formular von { $host } ausgefüllt. Erst dieser Knopf gibt Ihre Einwilligung.
consent-confirm-yes = Einwilligen
consent-confirm-no-text = Das waren Sie nicht, oder Sie möchten nicht mehr? Dann löschen wir alles. Es bleibt nur ein Sperrvermerk ohne Klartext.
consent-confirm-read = Das haben Sie gelesen

my-title = Ihre Empfehlung bei { $host }
my-lede = Diese Seite gehört Ihnen. Wer den Link hat, kann sie öffnen; geben Sie ihn nicht weiter.
my-stage = Stand
my-stage-submitted = Ihre Einwilligung ist da. { $host } sieht sich die Empfehlung an.
my-stage-accepted = { $host } hat die Empfehlung angenommen und meldet sich bei Ihnen.
my-stage-contacted = { $host } hat sich bei Ihnen gemeldet.
my-stage-meeting = Sie haben miteinander gesprochen.
my-stage-qualified = Der Bedarf ist bestätigt. Jetzt geht es um ein Angebot.
my-stage-won = Ihre Firma ist Kunde geworden.
my-stage-ended = Diese Empfehlung ist abgeschlossen. Niemand spricht Sie deswegen noch an.
my-stage-withdrawn = Sie haben widerrufen. Niemand spricht Sie deswegen noch an.
my-data = Ihre Angaben
my-data-source = Das haben Sie am { $date } selbst eingetragen. Ihre E-Mail-Adresse ändern Sie, indem Sie hier löschen und das Formular neu ausfüllen.
my-data-source-spoken = { $manager } von { $host } hat das nach dem Gespräch mit Ihnen festgehalten. Name und Nummer kamen vorher von { $name }.
my-theirs = Was andere über Sie eingetragen haben
my-theirs-source = Eingetragen am { $date } von { $name }, bevor Sie selbst etwas eingegeben haben.
my-theirs-end = Wenn Sie Ihre Daten löschen oder widersprechen, verschwinden auch Funktion und Grund.
my-save = Angaben berichtigen
my-history = Was Sie gesagt haben
my-said-awaiting = Formular ausgefüllt
my-said-given = Eingewilligt
my-said-refused = Abgelehnt
my-said-withdrawn = Widerrufen
my-wording = Wortlaut, Fassung { $version }
my-end = Beenden
my-withdraw = Einwilligung widerrufen
my-withdraw-help = Ab sofort spricht Sie niemand mehr an. Ihre Angaben löschen wir nach { $days } Tagen.
my-erase = Meine Angaben löschen
my-erase-help = Sofort und endgültig. Es bleibt nur ein Vermerk ohne Namen, dass Sie eingewilligt hatten.
my-object = Widersprechen und sperren
my-object-help = Alles wird gelöscht, und niemand kann Sie hier noch einmal empfehlen.
my-for-company = Für { $company }
my-benefit = Ihr zugesagter Vorteil
my-benefit-promised = Zugesagt.
my-benefit-due = Zugesagt, fällig am { $date }.
my-benefit-delivered = Bereitgestellt am { $date }.

flash-consent-given = Danke, Ihre Einwilligung ist eingetragen.
flash-consent-withdrawn = Sie haben widerrufen.
flash-consent-corrected = Ihre Angaben sind berichtigt.

mail-confirm-subject = Bitte bestätigen: Ihre Anfrage bei { $host }
mail-confirm-greeting = Guten Tag,
mail-confirm-text = diese Adresse wurde in ein Formular von { $host } eingetragen, um nach einer Empfehlung mehr zu erfahren. Wenn Sie das waren, öffnen Sie bitte den Link. Dort lesen Sie noch einmal, worin Sie einwilligen.
mail-confirm-button = Ansehen und bestätigen
mail-confirm-closing = Sie waren das nicht? Dann brauchen Sie nichts zu tun: Ohne Ihre Bestätigung schreiben wir Ihnen nicht wieder und löschen die Angaben nach { $days ->
        [one] einem Tag
       *[other] { $days } Tagen
    }. Unter dem Link können Sie auch sofort löschen lassen.

pass-on-title = Passt es besser zu jemand anderem?
pass-on-text = Reichen Sie den Link selbst weiter. Wir fragen nicht nach der Adresse und schreiben niemandem, der nicht selbst zugestimmt hat.
pass-on-mail = Guten Tag,

    mir wurde { $host } empfohlen, und ich glaube, das passt eher zu Ihnen. Hinter diesem Link steht alles dazu. Sie entscheiden selbst, ob Sie angesprochen werden möchten:
    { $link }

    { $told }

    Viele Grüße
pass-on-told = Offen gesagt: Für die Empfehlung gibt es von der Firma hinter dem Angebot ein Dankeschön für { $name }, nicht für mich ({ $kinds }{ $most }).
pass-on-told-none = Offen gesagt: Für die Empfehlung erhält { $name } nichts, und ich auch nicht.
remember-title = Diese Empfehlung auf diesem Gerät merken
remember-text = Ohne Ihren Wunsch setzen wir dafür kein Cookie. Wenn Sie möchten, merkt sich dieser Browser 90 Tage lang mit einem Cookie die Nummer dieses Besuchs. So weiß die Seite später noch, wer empfohlen hat. Das Cookie sieht nur diese Website, und Sie können es jederzeit löschen.
remember-do = Auf diesem Gerät merken
remembered-title = Auf diesem Gerät gemerkt
remembered-text = Ein Cookie erinnert 90 Tage lang an diese Empfehlung.
remembered-forget = Vergessen und Cookie löschen
remembered-another = Auf diesem Gerät ist eine andere Empfehlung gemerkt
remembered-another-text = Nach den Regeln dieses Programms zählt die gemerkte Empfehlung. Lesen Sie dort, was die empfehlende Person erhält, oder vergessen Sie sie; dann zählt diese hier.
remembered-another-go = Zur gemerkten Empfehlung
flash-remembered = Die Empfehlung ist auf diesem Gerät gemerkt.
flash-forgotten = Vergessen. Das Cookie ist gelöscht.

error-consent-missing-tick = Ohne Ihre Einwilligung dürfen wir Sie nicht ansprechen. Bitte setzen Sie das Häkchen, oder wählen Sie „Nein, danke“.
error-consent-throttled = Zu viele Formulare von diesem Anschluss. Bitte versuchen Sie es in einer Viertelstunde noch einmal.
error-choose-one = Bitte wählen Sie eine Möglichkeit.

consent-benefit-kind = Art des Vorteils: { $kind }.
consent-benefit-worth = Art des Vorteils: { $kind }, im Wert von { $amount }.
