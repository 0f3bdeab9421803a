# The bars on top of every page, and the links at its foot
nav-staff = Staff
nav-manage = Manage
nav-people = People
nav-accounts = Customers
nav-import = Import
nav-legal = Legal texts
legal-imprint = Imprint
legal-privacy = Privacy
legal-terms = Terms
nav-refer = Refer
nav-work = Work
nav-board = Board
nav-work-list = All referrals
nav-neutral = Came to nothing
nav-tabs = Main areas, bottom bar
