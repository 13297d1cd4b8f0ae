"""The lab bench: collect, enter, release, report; the scan line on top of it leads to a specimen from anywhere.

Belongs here: the pages of this desk. May import: `ui.kit`, `services`, `domain`, `words`. Read first: `window.py`,
which puts the pages together, then `entry_form.py`.
"""
