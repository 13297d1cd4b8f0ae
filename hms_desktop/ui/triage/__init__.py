"""The triage desk: who waits, danger signs first, vitals, the colour with its reasons, whom to look at again.

Imports `ui/kit`, services, domain and words; no other role. Read first: `window.py`, then `triage_form.py`.
"""
