"""THE ADMINISTRATOR'S DESK: users, roles, the clinic, catalogue and prices, settings, the audit trail.

Belongs here: pages of one shape (a list and a form on its chosen row), and the few that have another. May import the
kit, services, domain, system and words; never another desk. Read first: `page.py`, `row_form.py`, then any page.
"""
