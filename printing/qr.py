"""The QR of a badge: as few modules as the digits need, each a whole number of dots."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from printing.errors import CodeDoesNotFit
from printing.page import Stock

QUIET: Final = 4
"""Empty modules around a QR (ISO/IEC 18004)."""


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
    """Draw a code: level M, or the strongest one that keeps the same size.

    Raises CodeDoesNotFit when no QR holds that many digits.
    """
    from qrcode.constants import ERROR_CORRECT_H, ERROR_CORRECT_M, ERROR_CORRECT_Q

    version = _version(digits, ERROR_CORRECT_M)
    levels = (ERROR_CORRECT_H, ERROR_CORRECT_Q)
    strongest = next((n for n in levels if _version(digits, n) == version), ERROR_CORRECT_M)
    code = _code(digits, strongest, version)
    code.make(fit=False)
    return Qr(len(digits), tuple(tuple(row) for row in code.get_matrix()))


def _version(digits: str, level: int) -> int:
    """Return the size step (1 to 40) the digits need, 41 when none holds them."""
    from qrcode.exceptions import DataOverflowError

    try:
        return int(_code(digits, level, None).best_fit())
    except (DataOverflowError, ValueError) as error:
        raise CodeDoesNotFit(digits=len(digits)) from error


def _code(digits: str, level: int, version: int | None) -> Any:
    from qrcode.main import QRCode

    code: Any = QRCode(version=version, error_correction=level, border=0)
    code.add_data(digits, optimize=0)
    return code


def module_dots(qr: Qr, side: float, stock: Stock) -> int:
    """Return the largest module that fits a square of `side` dots.

    Raises CodeDoesNotFit when it would be too fine to be read back.
    """
    module = int(side // qr.modules)
    if module < smallest_module(stock.dpi):
        raise CodeDoesNotFit(digits=qr.digits)
    return module
