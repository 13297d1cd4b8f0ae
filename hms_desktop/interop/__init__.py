"""OTHER SYSTEMS: files of other programs, a module a format. Rows in as dataclasses, rows out as text or bytes.

Nothing here knows a store or a window. Imports the standard library and domain. Read first: `csv_rows.py`.
"""
