"""WHAT A PERSON DOES: one function per button; owns the transaction and the permission check.

Imports data, documents, interop, domain, system and words; never Qt, never SQLAlchemy.
Read first: `clinic.py`, then `service.py`.
"""
