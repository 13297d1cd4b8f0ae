"""WHAT A CLINIC KNOWS: plain dataclasses, enums, rules and state steps.

Belongs here: everything that is true of a clinic without a computer. Imports the standard library only, nothing of ours
from another room. Read first: `visits.py`, then `states.py`.
"""
