"""WHAT A PERSON SEES: windows, one folder a role; the only room that knows Qt.

Belongs here: widgets and how they are worked. Imports `services`, `domain`, `system`, `words` and PySide6; never
`data`, `documents` or `interop`. Inside: `tour` on `shell` on the roles (strangers to each other) on `kit`. Read first:
`kit/desk.py`, then `shell/frame.py`.
"""
