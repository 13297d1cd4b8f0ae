"""A whole day through the real windows, by key events to whatever has the focus: for training, pictures and proof.

Imports the shell, the kit, services, domain and words. Nothing here sets a widget's value. Read first: `day.py`, then
`walk.py`; a scene a desk.
"""
