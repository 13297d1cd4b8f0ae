"""WHAT HAS BEEN PUBLISHED: clinical tables as data, each with its source and version.

Belongs here: limits, criteria and scores as rows; the rules that read them are in the area files above. May import
`domain.errors` and the standard library only. A changed row is a new version. Read first: `iitt.py`.
"""
