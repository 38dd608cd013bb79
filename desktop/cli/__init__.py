"""The `vanel` command: one file per sub-command, each loaded only when it is named."""

import sys
from functools import partial

from desktop import __version__

INTERRUPTED = 130
"""What shells expect of a command that Ctrl-C ended."""


def main() -> int:
    """Run the command line and return its exit status: 0 done, 1 failed, 2 wrong usage."""
    args = sys.argv[1:]
    if args == ["--version"]:  # answered before click, whose import alone takes 0.1 s
        sys.stdout.write(f"vanel {__version__}\n")
        return 0
    try:
        from desktop.cli.run import run, tell_bug

        sys.excepthook = partial(tell_bug, args)
        return run(args)
    except KeyboardInterrupt:
        return INTERRUPTED
