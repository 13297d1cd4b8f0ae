"""What every test shares. Stores on both engines: `stores.py`."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

pytest_plugins = ["tests.stores"]
