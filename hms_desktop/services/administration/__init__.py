"""What an administrator does: users, roles, the clinic, settings, catalogue, and reading the audit trail.

May import data, documents, interop and domain; never Qt, never SQLAlchemy. Read first: `users.py`, then `keepers.py`.
"""
