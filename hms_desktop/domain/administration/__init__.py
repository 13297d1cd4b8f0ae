"""What the administrator's pages know: rows of their lists, what may be typed there, the rules of users and roles.

Imports the standard library and domain only. Read first: `users.py` (who must always be left), then `entries.py`.
"""
