"""`python -m hms_desktop`: the same as the `hms` command."""

import sys

from hms_desktop.cli import main

if __name__ == "__main__":
    sys.exit(main())
