# Tax and accounting
category-title = For tax
category-label = What the reward is for tax and accounting
category-help = The proposal follows a general rule and is no tax advice. What you confirm stands in every export.
category-save = Confirm as this
category-proposed = { $category } (proposed)
category-confirmed = Confirmed by { $name } on { $date }
tax-category-price-reduction = Price reduction
tax-category-mediation = Mediation with VAT and self-billing document
tax-category-person-income = Income of the person
tax-category-gift = Gift that nobody promised
tax-category-barter = Service for service
tax-category-donation = Donation
reward-step-categorise = Category for tax confirmed
statement-category = For tax
flash-reward-categorised = The category for tax is confirmed.
error-not-a-category = Please choose one of the categories.
