"""The QR of a badge: as few modules as the digits need, each a whole number of dots."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from printing.errors import CodeDoesNotFit
from printing.page import Stock

QUIET: Final = 4
"""Empty modules around a QR (ISO/IEC 18004)."""

_LEVELS: Final = (0, 3, 2)  # qrcode's numbers for M, Q, H, weakest first


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR without its quiet zone: `rows` of modules, true is black."""

    digits: int
    rows: tuple[tuple[bool, ...], ...]

    @property
    def modules(self) -> int:
        """Modules along one side, the quiet zone included."""
        return len(self.rows) + 2 * QUIET


def smallest_module(dpi: int) -> int:
    """Return the finest module a worn print head still prints readably: 7 dots at 300 dpi."""
    return -(-dpi * 7 // 300)


@lru_cache(maxsize=64)
def qr_of(digits: str) -> Qr:
    """Draw a code: level M, or the strongest one that keeps the same size."""
    from qrcode.main import QRCode

    version = 0
    rows: tuple[tuple[bool, ...], ...] = ()
    for level in _LEVELS:
        code = QRCode(error_correction=level, border=0)
        code.add_data(digits, optimize=0)
        code.make(fit=True)
        if version and code.version > version:
            break
        version, rows = code.version, tuple(tuple(row) for row in code.get_matrix())
    return Qr(len(digits), rows)


def module_dots(qr: Qr, side: float, stock: Stock) -> int:
    """Return the largest module that fits a square of `side` dots.

    Raises CodeDoesNotFit when it would be too fine to be read back.
    """
    module = int(side // qr.modules)
    if module < smallest_module(stock.dpi):
        raise CodeDoesNotFit(digits=qr.digits)
    return module
