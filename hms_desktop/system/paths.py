"""Where things are on this machine: what the program brings with it, and what this person's PC keeps."""

import os
import sys
from pathlib import Path

HOME_VARIABLE = "HMS_HOME"
"""Environment variable that names the home folder, so that two processes on one PC can be two stations."""


def resources() -> Path:
    """The folder of fonts, icons, translations and catalogues: in the bundle when installed, else beside the source."""
    bundle = getattr(sys, "_MEIPASS", None)
    return (Path(bundle) if bundle else Path(__file__).resolve().parents[2]) / "resources"


def migrations() -> Path:
    """The folder of store revisions: in the bundle when installed, else beside the source."""
    return resources().parent / "migrations"


def home(explicit: Path | None = None) -> Path:
    """This PC's folder: station identity, drafts, printers. `explicit`, else HMS_HOME, else the system's place.

    The folder is not created here.
    """
    if explicit is not None:
        return explicit.expanduser().resolve()
    named = os.environ.get(HOME_VARIABLE)
    if named:
        return Path(named).expanduser().resolve()
    import platformdirs

    return Path(platformdirs.user_data_dir("hms-desktop", appauthor=False))
