# Spans of time
span-days = { $n ->
    [one] 1 day
   *[other] { $n } days
}
span-hours = { $n ->
    [one] 1 hour
   *[other] { $n } hours
}
span-minutes = { $n ->
    [one] 1 minute
   *[other] { $n } minutes
}

# Frame
shell-skip = Skip to content
shell-demo-label = Demonstration
shell-demo = Demonstration: all people, companies and figures are invented, nothing is ever sent.
shell-profile = Profile: { $name }
shell-other-language = Deutsch
nav-label = Main areas
nav-home = Home

# Forms
form-optional = (optional)
form-errors = { $n ->
    [one] One entry is not right yet
   *[other] { $n } entries are not right yet
}
form-yes = yes
form-no = no
form-kept = Everything else you entered is still there.

# Error pages
error-page-not-found = There is no such page
error-page-not-found-text = The link may be old, or it belongs to another sign-in.
error-page-not-allowed = You are not allowed to do this
error-page-not-allowed-text = Your programme manager or your administrator can change that.
error-page-failed = That did not work
error-page-failed-text = The fault is ours, and nothing was half saved. Please try again in a moment.
error-page-too-large = That is too much at once
error-page-too-large-text = No form here needs that much text. Nothing was stored. “Back” takes you to your text, so that you can shorten it.
error-page-unreadable = We could not read that
error-page-unreadable-text = Your browser sent characters that are no valid text. Nothing was stored. “Back” takes you to what you typed.
error-page-incident = If it stays like this, please tell us this number: { $id }
error-page-home = To the home page

# What can be wrong with a field
error-unknown = We can't accept this entry as it is.
error-empty = Please fill in this field.
error-too-short = This is too short.
error-too-long = This is too long.
error-control-character = There is an invisible control character here. Please type the text again.
error-not-an-email = This is not a complete e-mail address. One looks like this: anna@company.example
error-looks-like-email = This is an e-mail address. Please name the role only, for example “Head of purchasing”.
error-not-a-phone = This is not a telephone number.
error-malformed = This entry does not have the expected form.
error-reserved = This name is kept for our own pages. Please choose another.
error-stale = Somebody has just changed this. The page now shows how it stands; what you entered is still there.
error-not-allowed = This step is not possible from here, or you are not allowed to take it.

pager-find = Search
pager-next = More
pager-first = Back to the start
