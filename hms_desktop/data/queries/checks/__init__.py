"""Proofs over a whole store, for `hms check`: what does not agree with itself, and the digests of tables.

Streams of findings over one consistent connection; nothing holds a whole table in memory. Read first: `findings.py`.
"""
