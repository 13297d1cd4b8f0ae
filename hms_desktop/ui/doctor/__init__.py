"""The doctor's desk: the queue beside one chart; note, diagnoses, lab, prescription, history.

Imports `ui/kit`, services, domain and words; no other role. Read first: `window.py`, then `chart_view.py`.
"""
