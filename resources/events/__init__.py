"""Event files that come with the desk."""

from importlib.resources import files


def example() -> str:
    """Return the text of the example: the forum of Toulouse, March 2023."""
    return (files(__name__) / "forum-2023.toml").read_text(encoding="utf-8")
