home-greeting = Hello { $name },
home-nothing-open = none of your referrals is open at present.
home-open = your open referrals: { $parts }.
home-with-you = { $n ->
    [one] one waits for you
   *[other] { $n } wait for you
}
home-with-host = { $n ->
    [one] one is with { $host }
   *[other] { $n } are with { $host }
}
home-with-contact = { $n ->
    [one] one is with the referred contact
   *[other] { $n } are with the referred contacts
}
home-turns = Whose turn is it?
home-all = { $n ->
    [one] Your referral
   *[other] All { $n } referrals
}
