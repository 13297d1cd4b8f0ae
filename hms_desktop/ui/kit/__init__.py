"""WHAT EVERY WINDOW IS BUILT FROM: background work, messages, fields, forms, tables, banner, theme, keys.

Belongs here: parts of the screen that know no desk. May import `services` (types only), `domain`, `system`, `words` and
PySide6; never `shell` or a desk. Read first: `desk.py` (what a desk is given), then `field.py`, `form.py`
and `background.py`.
"""
