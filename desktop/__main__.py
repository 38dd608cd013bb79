"""Let `python -m desktop` be the `vanel` command."""

import sys

from desktop.cli import main

if __name__ == "__main__":
    sys.exit(main())
