"""THE WINDOW AROUND EVERY DESK: start, sign-in, first run, frame, lock, status, help, crashes.

Belongs here: what is the same for all roles. Imports `kit`, `services`, `domain`, `system`, `words`; desks only
by their dotted name, when somebody opens them (`roles.py`). Read first: `start.py`, then `program.py` and `frame.py`.
"""
