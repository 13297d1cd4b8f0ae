"""HMS Desktop: the offline-first clinic program.

Screens ask services, services use data, data obeys domain, and nobody looks up.
Read first: `app.py` (how the parts are joined), then `services/clinic.py`.
"""
