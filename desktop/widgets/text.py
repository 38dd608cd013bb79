"""Labels, cards and lines in the window's type."""

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget

from desktop.theme import Theme

B = TypeVar("B", bound=QBoxLayout)


def label(
    theme: Theme, text: str = "", size: float = 16, *, bold: bool = False, tone: str = ""
) -> QLabel:
    """Return a line of text; it wraps and is never cut."""
    result = QLabel(text)
    result.setFont(theme.font(size, bold=bold))
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setWordWrap(True)
    if tone:
        result.setProperty("tone", tone)
    return result


def short(
    theme: Theme, text: str = "", size: float = 16, *, bold: bool = False, tone: str = ""
) -> QLabel:
    """Return a label of one line, as wide as its text."""
    result = label(theme, text, size, bold=bold, tone=tone)
    result.setWordWrap(False)
    return result


def rows(theme: Theme, gap: float = 8, margin: float = 0) -> QVBoxLayout:
    """Return a column of things."""
    layout = QVBoxLayout()
    return _spaced(layout, theme, gap, margin)


def columns(theme: Theme, gap: float = 8, margin: float = 0) -> QHBoxLayout:
    """Return a row of things."""
    layout = QHBoxLayout()
    return _spaced(layout, theme, gap, margin)


def card(theme: Theme, kind: str = "true", margin: float = 20, gap: float = 12) -> QFrame:
    """Return a sheet of paper with a column inside."""
    frame = QFrame()
    frame.setProperty("card", kind)
    frame.setLayout(rows(theme, gap, margin))
    return frame


def rule() -> QFrame:
    """Return a thin line between two things."""
    frame = QFrame()
    frame.setProperty("rule", "true")
    return frame


def body(frame: QWidget) -> QVBoxLayout:
    """Return the column inside a card."""
    layout = frame.layout()
    assert isinstance(layout, QVBoxLayout)
    return layout


def emptied(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            emptied(inner)


def _spaced(layout: B, theme: Theme, gap: float, margin: float) -> B:
    layout.setSpacing(theme.px(gap) if gap else 0)
    around = theme.px(margin) if margin else 0
    layout.setContentsMargins(around, around, around, around)
    return layout
