"""Paper: rows in, PDF bytes out.

Belongs here: one file a paper (its dataclass and its `render`), and the few things that all papers share: `parts.py`
(rows that every paper carries), `layout.py` (head, foot, COPY), `flow.py` (blocks and pages), `sheet.py` (the only file
that knows reportlab), `text.py` and `faces.py` (scripts and fonts). May import `domain`, `words` and `system`; never
data, services or Qt. Read first: `kinds.py`, then `receipt.py` as an example of a paper.
"""
