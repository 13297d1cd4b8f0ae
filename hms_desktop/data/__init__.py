"""WHERE FACTS ARE KEPT: engine, unit of work, upgrade; tables/ and queries/, a file an area.

The only room (with migrations and sync) that knows SQLAlchemy. Imports domain and system. Rows leave as plain
dataclasses; no mapped object and no connection ever does. Read first: `work.py`, then `types.py`.
"""
