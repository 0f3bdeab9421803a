# What marketing writes
questions-title = Questions about a referral
questions-lede = What the form of a referral asks besides. What has been answered keeps the wording it had then.
questions-rule = Ask about the company, never about the person: the referred contact enters name, address and number themselves, if they like. The answers are read by the advocate and the account manager, and by nobody else.
question-n = Question { $n }
question-new = New question
question-new-help = Left empty, none is added.
question-label-de = Question, German
question-label-en = Question, English
question-kind = Kind of answer
question-kind-line = one line of text
question-kind-text = a few sentences
question-kind-choice = choice from a list
question-kind-number = number
question-kind-date = date
question-required = Must be answered
question-options-de = Options, German
question-options-en = Options, English
question-options-help = One per line, in the same order in both languages.
question-out = Stop asking
question-asked = Asked
question-not-asked = No longer asked
questions-out = { $n ->
    [one] One question that is no longer asked
   *[other] { $n } questions that are no longer asked
}
questions-full = Nobody likes to answer more than { $n } questions. Take one out to ask a new one.
questions-save = Save questions
error-question-repeated = This stands there already.
error-options-differ = Both languages need the same number of options, one per line.
error-options-too-few = Please name two options at least, one per line.
error-options-too-many = Please name twenty options at most.
error-questions-too-many = More than twelve questions at a time are too many. Take another one out first.

# What the advocate answers
answers-title = Your answers
answers-seen = The answers to these questions are read by { $host } alone, not by the referred contact. Please name no names and no contact details.
answer-choose = Please choose
answer-none = Not specified
error-answer-names-address = This is an e-mail address. Please leave it out: the referred contact enters their own details.
error-answer-not-a-number = Please enter a whole number from 0 on, for example 250.
