"""Steps that move money inside a transaction: bills under lock, the cashier's drawer, receipts, papers of the books.

May import data, documents and domain. Called by charges, bills, payments, refunds and cash_sessions, which are what a
person does; no screen calls a step. Read first: moves.py.
"""
