"""Colours, sizes and type of the window: a few tokens from which every screen is made."""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

FAMILY: Final = "Inter"
_FONT_FILES: Final = ("Inter-Regular.ttf", "Inter-Bold.ttf")
_USUAL_POINTS: Final = {"windows": 9.0, "cocoa": 13.0, "xcb": 10.0, "wayland": 10.0}
"""What a system's own font measures when nobody has made it larger."""

INK: Final = "#14181F"
WHITE: Final = "#FFFFFF"


@dataclass(frozen=True, slots=True)
class Pair:
    """A ground and what is written on it; at least 7:1."""

    ground: str
    ink: str


MOODS: Final[dict[str, Pair]] = {
    "admitted": Pair("#2DBE8C", INK),
    "already-in": Pair("#FFD24D", INK),
    "refused": Pair("#940F1A", WHITE),
    "attention": Pair("#3D2FA6", WHITE),
    "offline": Pair("#4A5263", WHITE),
    "left": Pair(WHITE, INK),
    "info": Pair(WHITE, INK),
    "ready": Pair("#E2E8F1", INK),
    "failed": Pair("#4A5263", WHITE),
}


@dataclass(frozen=True, slots=True)
class Neutral:
    """The colours of everything that is not a verdict."""

    canvas: str = "#F3F5F8"
    paper: str = WHITE
    ink: str = INK
    secondary: str = "#475063"
    border: str = "#7B8496"
    line: str = "#D5DBE5"
    hover: str = "#EAEEF5"
    primary: str = "#1F3A8A"
    on_primary: str = WHITE
    tint: str = "#E6EBF7"
    focus: str = "#B4005A"


def of_system(palette: QPalette) -> Neutral:
    """Take the system's own colours, for people who asked it for more contrast."""

    def colour(role: QPalette.ColorRole) -> str:
        return palette.color(role).name()

    text, base = colour(QPalette.ColorRole.Text), colour(QPalette.ColorRole.Base)
    chosen = colour(QPalette.ColorRole.Highlight)
    return Neutral(
        canvas=colour(QPalette.ColorRole.Window),
        paper=base,
        ink=text,
        secondary=text,
        border=text,
        line=text,
        hover=base,
        primary=chosen,
        on_primary=colour(QPalette.ColorRole.HighlightedText),
        tint=base,
        focus=chosen,
    )


@dataclass(frozen=True, slots=True)
class Theme:
    """The tokens at one size of text; all sizes are given at 100 % in pixels of 1/96 inch."""

    scale: float
    neutral: Neutral

    def px(self, design: float) -> int:
        """Return a length at this size of text."""
        return max(1, round(design * self.scale))

    def font(self, design: float, *, bold: bool = False) -> QFont:
        """Return the window's type at a size."""
        font = QFont(FAMILY)
        font.setPixelSize(self.px(design))
        font.setBold(bold)
        return font

    def sheet(self) -> str:
        """Return the style sheet of the whole window."""
        text = (files("resources.themes") / "desk.qss").read_text(encoding="utf-8")
        neutral = {name: getattr(self.neutral, name) for name in Neutral.__slots__}
        sizes = {f"px{n}": f"{self.px(n)}px" for n in (1, 2, 3, 4, 6, 8, 10, 11, 12, 14, 16, 20)}
        larger = {f"px{n}": f"{self.px(n)}px" for n in (18, 22, 24, 28, 32, 36, 44, 46, 48)}
        arrow = {"arrow": (Path(str(files("resources.icons"))) / "down.svg").as_posix()}
        return Template(text).substitute(neutral | sizes | larger | arrow)

    def apply(self, app: QApplication) -> None:
        """Dress the application."""
        app.setFont(self.font(16))
        palette = QPalette()
        for role, colour in (
            (QPalette.ColorRole.Window, self.neutral.canvas),
            (QPalette.ColorRole.Base, self.neutral.paper),
            (QPalette.ColorRole.Text, self.neutral.ink),
            (QPalette.ColorRole.WindowText, self.neutral.ink),
            (QPalette.ColorRole.ButtonText, self.neutral.ink),
            (QPalette.ColorRole.Highlight, self.neutral.primary),
            (QPalette.ColorRole.HighlightedText, self.neutral.on_primary),
            (QPalette.ColorRole.PlaceholderText, self.neutral.secondary),
        ):
            palette.setColor(role, QColor(colour))
        app.setPalette(palette)
        app.setStyleSheet(self.sheet())


def load_fonts() -> None:
    """Make the window's own type known to Qt."""
    for name in _FONT_FILES:
        QFontDatabase.addApplicationFontFromData((files("resources") / "fonts" / name).read_bytes())


def system_scale(font: QFont) -> float:
    """Return how much larger than usual a person made the system's text, from 1 to 3."""
    usual = _USUAL_POINTS.get(QGuiApplication.platformName(), font.pointSizeF())
    return min(3.0, max(1.0, font.pointSizeF() / usual))


def theme_of(app: QApplication, system: QFont, chosen: float) -> Theme:
    """Return the theme for the system's text size times the one chosen in the settings."""
    style = app.styleHints()  # kept: its hints die with the Python object that named it
    strong = style.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
    neutral = of_system(app.style().standardPalette()) if strong else Neutral()
    return Theme(system_scale(system) * chosen, neutral)
