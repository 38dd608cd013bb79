"""Event files that come with the desk, and what invented people are made of."""

from importlib.resources import files


def example() -> str:
    """Return the text of the example: the forum of Toulouse, March 2023."""
    return _text("forum-2023.toml")


def invented() -> str:
    """Return names, organisations and remarks for invented people (TOML)."""
    return _text("invented.toml")


def _text(name: str) -> str:
    return (files(__name__) / name).read_text(encoding="utf-8")
