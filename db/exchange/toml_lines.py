"""Where each key of a TOML document stands, so that a mistake can be told with its line.

The standard reader gives values without positions. This scanner walks a document which that
reader has accepted, so it need not judge it: it only has to tell keys, tables and values apart.
Grammar: TOML 1.0, and the line breaks that 1.1 allows in inline tables.
"""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Mapping
from typing import Final

Path = tuple[str | int, ...]
"""Keys and positions (from 0) that lead to a value: `("sessions", 3, "starts")`."""

Span = tuple[int, int]
"""Offsets of the first character and after the last one."""

_BLANK: Final = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_SPACE: Final = re.compile(r"[ \t]*")
_KEY: Final = re.compile(r"""[A-Za-z0-9_-]+|"(?:\\.|[^"\\\n])*"|'[^'\n]*'""")
_STRING: Final = re.compile(
    r'''"""(?:\\.|[^\\])*?"""(?!")|\'\'\'.*?\'\'\'(?!\')|"(?:\\.|[^"\\\n])*"|'[^'\n]*\'''',
    re.DOTALL,
)
_SCALAR: Final = re.compile(r"[^,\]}#\r\n]*")


def spans(text: str) -> Mapping[Path, Span]:
    """Return where every table and value of a valid document stands; a table is its header."""
    scanner = _Scanner(text)
    scanner.document()
    return scanner.found


class Lines:
    """Line numbers, from 1, of the keys of one valid document."""

    def __init__(self, text: str) -> None:
        """Scan `text`, whose lines end in a line feed."""
        self._spans = spans(text)
        self._breaks = [m.start() for m in re.finditer("\n", text)]

    def of(self, path: Path) -> int:
        """Return the line of a key; of what is not there, the line of the table that lacks it."""
        while path and path not in self._spans:
            path = path[:-1]
        return self.at(self._spans[path][0]) if path else 1

    def at(self, offset: int) -> int:
        """Return the line an offset stands on."""
        return bisect_left(self._breaks, offset) + 1


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found: dict[Path, Span] = {}
        self.rows: dict[Path, int] = {}  # arrays of tables: how many so far

    def document(self) -> None:
        table: Path = ()
        while self._next_is_there():
            if self.text.startswith("[[", self.at):
                table = self._header("[[")
            elif self.text[self.at] == "[":
                table = self._header("[")
            else:
                self._pair(table)

    def _next_is_there(self) -> bool:
        self._pass(_BLANK)
        return self.at < len(self.text)

    def _pass(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        if match is None:
            return ""
        self.at = match.end()
        return match.group()

    def _header(self, bracket: str) -> Path:
        start = self.at
        self.at += len(bracket)
        keys = self._keys()
        self.at += len(bracket)
        span = (start, self.at)
        path: Path = ()
        for key in keys[:-1]:
            path = self._within((*path, key), span)
        path = (*path, keys[-1])
        if bracket == "[[":
            self.found.setdefault(path, span)
            self.rows[path] = self.rows.get(path, 0) + 1
            path = (*path, self.rows[path] - 1)
        self.found[path] = span
        return path

    def _within(self, path: Path, span: Span) -> Path:
        """Step into a table on the way; of an array of tables, into the last one."""
        self.found.setdefault(path, span)
        return (*path, self.rows[path] - 1) if path in self.rows else path

    def _keys(self) -> list[str]:
        keys: list[str] = []
        while True:
            self._pass(_SPACE)
            keys.append(_plain(self._pass(_KEY)))
            self._pass(_SPACE)
            if not self.text.startswith(".", self.at):
                return keys
            self.at += 1

    def _pair(self, table: Path) -> None:
        start = self.at
        keys = self._keys()
        self.at += len("=")
        self._pass(_SPACE)
        path = table
        for key in keys[:-1]:
            path = (*path, key)
            self.found.setdefault(path, (start, self.at))
        self._value((*path, keys[-1]))

    def _value(self, path: Path) -> None:
        start = self.at
        first = self.text[start]
        if first == "[":
            self._array(path)
        elif first == "{":
            self._inline(path)
        elif first in "\"'":
            self._pass(_STRING)
        else:
            self.at = start + len(self._pass(_SCALAR).rstrip(" \t"))
        self.found[path] = (start, self.at)

    def _array(self, path: Path) -> None:
        index = 0
        while self._goes_on("]"):
            self._value((*path, index))
            index += 1

    def _inline(self, path: Path) -> None:
        while self._goes_on("}"):
            self._pair(path)

    def _goes_on(self, end: str) -> bool:
        """Pass the opening bracket or a comma, then say whether another item follows."""
        self._pass(_BLANK)
        if self.text[self.at] in "[{,":
            self.at += 1
            self._pass(_BLANK)
        if self.text[self.at] != end:
            return True
        self.at += 1
        return False


def _plain(key: str) -> str:
    """Return a key without its quotes and escapes."""
    if key[:1] == '"':
        return str(tomllib.loads(f"key = {key}")["key"])
    return key.strip("'")
