"""The cashier's window: who owes, what a bill says, taking money, giving it back, the drawer from float to Z report.

Belongs here: the panels, forms and dialogs of this desk. May import: `ui.kit`, `services`, `domain`, `words`.
Read first: `window.py`, which puts the parts together, then `pay_form.py`.
"""
