# Segments: groups of customers
segments-title = Segments
segments-lede = Groups of customers that a campaign or a pilot reaches first or alone.
segments-empty = No segment yet.
segments-empty-help = A segment takes a name and at least one condition, or a list of customers.
segment-new = Add a segment
segment-save = Save the segment
segment-end = Delete the segment
segment-name = Segment
segment-name-de = Name in German
segment-name-en = Name in English
segment-who = Who belongs to it
segment-none = None
segment-by-rule = By conditions
segment-by-rule-help = All conditions must be met; within one, any of its values will do. What is not known about a customer meets no condition. Who belongs to it is looked up anew each time.
segment-countries = Countries
segment-since = Customer from
segment-until = Customer until
segment-said-since = Customer since { $date } or later
segment-said-until = Customer since { $date } or earlier
segment-statuses = Status
segment-tiers = Tiers
segment-sections = Industries
segment-recipients = Kinds of organisation
segment-managers = Account managers
segment-by-hand = By hand
segment-companies = Customers
segment-companies-help = Instead of conditions: one customer in each line, by its name in the list of customers or by its mail domain. At most 500.
segment-unclear = These lines name no customer, or more than one:
segment-picked = { $n ->
    [one] One customer, picked by hand
   *[other] { $n } customers, picked by hand
}
segment-now = Who belongs to it now
segment-size = { $people ->
    [one] One person
   *[other] { $people } people
} of { $companies ->
    [one] one customer
   *[other] { $companies } customers
}
segment-sample = Some of them
segment-used = Where it is used
segment-unused = Nowhere. It can be deleted.
segment-used-tiers = Pilot of the tiers
segment-used-campaign = Campaign { $name }
pilot-segment = In a segment first
error-segment-everybody = Please name at least one condition or one customer. A segment without a condition would be everybody.
error-segment-days = The last day comes before the first.
error-segment-too-many = Please pick at most 500 customers by hand, or name conditions.
error-segment-both = Please name either conditions or customers, not both.
error-segment-unclear = Not every line names exactly one customer. Please write the mail domain there, or delete the line.
error-segment-in-use = This segment is still in use. Where is said beside the form; please end that first.
