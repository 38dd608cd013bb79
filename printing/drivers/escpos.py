"""ESC/POS bytes of a badge, for Epson TM printers and their many clones: raster only, no text."""

import logging
import os
import pickle
import tempfile
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any, Final

from printing.page import Bitmap
from printing.render import image_of

_importing: Final = Lock()


def escpos_bytes(bitmap: Bitmap, *, cut: bool, cache_folder: Path | None = None) -> bytes:
    """Return what prints a bitmap dot for dot, then cuts if asked to.

    `cache_folder` is where the library keeps its printer table; a temporary folder without one.
    """
    printer = _dummy(cache_folder)()
    # a width it knows keeps the library from writing to standard output
    media = {"media": {"width": {"pixels": str(bitmap.width)}}}
    printer.profile.profile_data = {**printer.profile.profile_data, **media}
    printer.hw("INIT")
    printer.image(image_of(bitmap), impl="bitImageRaster", fragment_height=960)
    if cut:
        printer.cut(feed=False)  # GS V 66 0: the printer itself feeds to its cutter
    return bytes(printer.output)


@cache
def _dummy(cache_folder: Path | None) -> Any:
    """Import the library with its habits contained: a temporary folder, a root log handler."""
    handlers = logging.getLogger().handlers[:]
    with _importing, TemporaryDirectory(prefix="vanel-") as scratch:
        folders = [Path(scratch)] if cache_folder is None else [cache_folder, Path(scratch)]
        before = tempfile.tempdir
        tempfile.tempdir = scratch  # it makes a folder there that it never uses
        try:
            return _imported(folders)
        finally:
            tempfile.tempdir = before
            logging.getLogger().handlers[:] = handlers


def _imported(folders: list[Path]) -> Any:
    """Import with the first folder that serves; a read-only or damaged one is passed over."""
    name = "ESCPOS_CAPABILITIES_PICKLE_DIR"
    for i, folder in enumerate(folders):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            os.environ[name] = str(folder)
            from escpos.printer import Dummy
        except (OSError, EOFError, pickle.UnpicklingError):
            if i == len(folders) - 1:
                raise
        else:
            return Dummy
        finally:
            os.environ.pop(name, None)
    return None
