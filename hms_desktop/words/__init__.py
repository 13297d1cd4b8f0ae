"""WHAT WE SAY: every sentence and word that a person reads goes through here.

Belongs here: the languages, the catalogue look-up, words for codes and sentences for errors. Imports the standard
library and Babel, nothing of ours: it is told codes and facts, never values of other rooms. Read first: `language.py`,
then `labels.py` and `errors.py`; an area's words are in the file that carries the area's name.
"""
