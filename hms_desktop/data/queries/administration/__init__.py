"""Reads for the administrator's pages: users and roles, departments and stations, catalogue rows, the audit trail.

May import tables, domain and SQLAlchemy; gives rows of `domain/administration`. Read first: `users.py`.
"""
