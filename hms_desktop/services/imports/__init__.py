"""Bringing in what other programs know: patients and their past, in batches that can be run again.

Rows come from `interop`; every imported fact remembers where it came from, so a second run adds nothing.
Read first: `batches.py`, then `synthea.py`.
"""
