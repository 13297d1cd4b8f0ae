"""The program's own lists on their way into a clinic: what a row of a file becomes, and when it is added or corrected.

The door is `../catalogue_load.py`. Read first: `merge.py`.
"""
