home-greeting = Guten Tag { $name },
home-nothing-open = zurzeit ist keine Ihrer Empfehlungen offen.
home-open = Ihre offenen Empfehlungen: { $parts }.
home-with-you = { $n ->
    [one] eine wartet auf Sie
   *[other] { $n } warten auf Sie
}
home-with-host = { $n ->
    [one] eine liegt bei { $host }
   *[other] { $n } liegen bei { $host }
}
home-with-contact = { $n ->
    [one] eine bei der empfohlenen Person
   *[other] { $n } bei den empfohlenen Personen
}
home-turns = Wer ist am Zug?
home-all = { $n ->
    [one] Ihre Empfehlung
   *[other] Alle { $n } Empfehlungen
}
