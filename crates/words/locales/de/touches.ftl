share-page = Ihr Link
share-title = Ihr Link für Empfehlungen
share-lede = Wer ihn öffnet, liest zuerst, was Sie dafür erhalten. Wir schreiben nur Menschen, die zugestimmt haben.
share-copy = Link kopieren
share-copied = Link ist kopiert
share-spoken = Zum Weitersagen: Code
share-mail = E-Mail vorbereiten
share-clicks = { $n ->
    [0] Noch niemand hat den Link geöffnet.
    [one] Einmal geöffnet, Programme nicht mitgezählt.
   *[other] { $n }-mal geöffnet, Programme nicht mitgezählt.
}
share-qr = QR-Code zu Ihrem Link
share-qr-svg = QR-Code als SVG
share-qr-png = als PNG
share-told = Das steht in jedem vorbereiteten Text
share-told-why = Wer empfohlen wird, soll es vorher wissen. Der Satz gehört deshalb zu jedem Text, auch wenn Sie ihn selbst schreiben.
share-preview = Ansehen, was die empfohlene Person sieht
share-mail-subject = Eine Empfehlung: { $host }
share-mail-text =
    Guten Tag,

    wir arbeiten mit { $host }, und ich glaube, das passt auch zu Ihnen. Hinter diesem Link lesen Sie, worum es geht. Sie entscheiden selbst, ob Sie angesprochen werden möchten:
share-text-credit = Offen gesagt: Werden Sie Kunde, erhält meine Firma von { $host } ein Guthaben{ $most }.
share-text-mutual-referral = Offen gesagt: Kommt etwas zustande, stellt { $host } meiner Firma im Gegenzug passende Kontakte vor{ $most }.
share-text-early-access = Offen gesagt: Kommt etwas zustande, erhält meine Firma von { $host } Vorabzugang zu Neuem{ $most }.
share-text-donation = Offen gesagt: Kommt etwas zustande, spendet { $host } im Namen meiner Firma{ $most }.
share-text-none = Offen gesagt: Ich erhalte dafür nichts.
share-text-open = Offen gesagt: Kommt etwas zustande, darf meine Firma sich ein Dankeschön von { $host } aussuchen ({ $kinds }){ $most }.
share-text-most = , höchstens { $amount }
share-ready = Ein Link für jeden Ort
share-ready-help = Jeder Link zählt für seinen Ort; so sehen Sie, was wo gewirkt hat. Veröffentlichen und absenden tun Sie selbst, der Satz über Ihr Dankeschön gehört dazu.
share-post = Text für { $channel } öffnen
share-post-text =
    Wir arbeiten mit { $host }. Worum es geht, steht hier:
    { $link }
share-event-help = Für Folien, Aushänge und Visitenkarten. Sagen Sie dazu, was Sie erhalten.
channels-own = Was Ihre Links gebracht haben
channels-title = Was die Kanäle bringen
channels-lede = Alle Empfehlenden zusammen, nach dem Ort, an dem der Link stand.
channels-link = Was die Kanäle bringen
channels-help = Geöffnet zählt Menschen, keine Programme. Empfehlungen über das Formular haben keinen Klick.
channels-channel = Kanal
channels-clicks = Geöffnet
channels-referrals = Empfehlungen
channels-customers = Kunden
channels-empty = Noch hat kein Kanal etwas gebracht.
way-mail = E-Mail
way-linkedin = LinkedIn
way-whatsapp = WhatsApp
way-x = X
way-qr = QR-Code
way-event = Veranstaltung
way-widget = Andere Webseite
way-link = Link oder Code

code-title = Code eingeben
code-lede = Jemand hat Ihnen einen Code genannt. Sie lesen zuerst, wer empfiehlt und was diese Person dafür erhält.
code-field = Code
code-help = Ein Wort und eine Zahl, zum Beispiel MUEHLE-47. Groß und klein ist gleich.
code-submit = Weiter
link-unknown = Diesen Link kennen wir nicht
link-unknown-text = Vielleicht fehlt ein Zeichen. Wenn Ihnen jemand einen Code genannt hat, geben Sie ihn hier ein.

error-code-unknown = Diesen Code kennen wir nicht. Bitte prüfen Sie Wort und Zahl.
error-code-throttled = Zu viele Versuche von diesem Anschluss. Bitte versuchen Sie es in einer Viertelstunde noch einmal.
