"""The questions: one file an area, functions from a `Reader` to domain rows.

Core selects only, no mapped objects, page by key. Read first: `../reader.py`.
"""
