"""Reception's window: find or register a patient, open the visit, print card and ticket, keep the details right.

Belongs here: the pages of this desk. May import: `ui.kit`, `services`, `domain`, `words`. Read first: `window.py`,
which puts the pages together, then `find_page.py`.
"""
