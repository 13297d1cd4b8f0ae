"""THE MACHINE: settings, paths, clock, secrets, logs, station identity.

What depends on this PC and not on the clinic. Imports the standard library, keyring, platformdirs; nothing of ours.
Read first: `paths.py`.
"""
