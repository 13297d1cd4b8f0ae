"""The training clinic: made-up people and days, lived through the same services that a real day uses.

Nothing is put into the store behind the services' back but people's accounts. Read first: `clinic.py`, then `walk.py`.
"""
