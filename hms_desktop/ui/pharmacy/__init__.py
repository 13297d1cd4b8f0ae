"""The pharmacy's window: who waits, giving medicines out, what is owed, the shelf, deliveries, what runs out.

Imports `ui/kit`, services, domain and words; no other role. Read first: `window.py`, then `dispense_form.py`.
"""
