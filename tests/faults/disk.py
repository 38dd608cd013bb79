"""A disk that loses its power: what was synced stays, everything else may or may not be there.

Content is safe once its file was synced, a name once its folder was. What was not may be kept,
dropped, or torn at the sectors of 512 bytes; names are kept or lost in their order, as journals do.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Final

SECTOR: Final = 512


@dataclass(frozen=True, slots=True)
class Record:
    """One call, as the shim wrote it down: written, cut, synced, removed, renamed, shown."""

    op: str  # W, T, F, U, R, S
    at: int
    data: bytes
    path: str


def records(log: Path) -> Iterator[Record]:
    """Read the shim's record, in order."""
    raw, at = log.read_bytes(), 0
    while at < len(raw):
        end = raw.index(b"\n", at)
        op, offset, length, path = raw[at:end].decode().split(" ", 3)
        has_bytes = op in "WRS"
        data = raw[end + 1 : end + 1 + int(length)] if has_bytes else b""
        yield Record(op, int(offset), data, path)
        at = end + 1 + len(data)


@dataclass(slots=True)
class File:
    """What is safe, and what was done since: (offset, bytes), or (length, None) for a cut."""

    safe: bytes = b""
    since: list[tuple[int, bytes | None]] = field(default_factory=list)

    def sync(self) -> None:
        """Make everything safe."""
        content = bytearray(self.safe)
        for at, data in self.since:
            _apply(content, at, data)
        self.safe, self.since = bytes(content), []

    def left(self, random: Random, mercy: float) -> bytes:
        """Return what a power cut leaves; `mercy` is how likely each unsafe step is kept."""
        content = bytearray(self.safe)
        for at, data in self.since:
            if random.random() < mercy:
                _apply(content, at, data)
            elif data is not None and random.random() < mercy:
                _tear(content, at, data, random)
        return bytes(content)


def _apply(content: bytearray, at: int, data: bytes | None) -> None:
    if data is None:
        del content[at:]
    content.extend(bytes(max(0, at - len(content))))
    if data is not None:
        content[at : at + len(data)] = data


def _tear(content: bytearray, at: int, data: bytes, random: Random) -> None:
    start = at
    while start < at + len(data):
        end = min(at + len(data), (start // SECTOR + 1) * SECTOR)
        if random.random() < 0.5:
            _apply(content, start, data[start - at : end - at])
        start = end


class Disk:
    """The files below a folder, from the calls that made them."""

    def __init__(self, folder: Path) -> None:
        """Begin with what is there, all of it safe."""
        self._names = {str(p): File(p.read_bytes()) for p in folder.rglob("*") if p.is_file()}
        self._safe = dict(self._names)
        self._since: dict[str, list[tuple[str, File | None]]] = {}
        self.shown: list[dict[str, Any]] = []

    def take(self, record: Record) -> None:
        """Do what one call did."""
        match record.op:
            case "S":
                self.shown += [json.loads(line) for line in record.data.splitlines()]
            case "W":
                self._file(record.path).since.append((record.at, record.data))
            case "T":
                self._file(record.path).since.append((record.at, None))
            case "U":
                self._name(record.path, None)
            case "R":
                self._name(record.data.decode(), self._file(record.path))
                self._name(record.path, None)
            case _:
                self._sync(record.path)

    def _file(self, path: str) -> File:
        if path not in self._names:
            self._name(path, File())
        return self._names[path]

    def _name(self, path: str, file: File | None) -> None:
        if file is None:
            self._names.pop(path, None)
        else:
            self._names[path] = file
        self._since.setdefault(str(Path(path).parent), []).append((path, file))

    def _sync(self, path: str) -> None:
        if path in self._names:
            self._names[path].sync()
        for name, file in self._since.pop(path, []):
            _rename(self._safe, name, file)

    def left(self, random: Random) -> dict[str, bytes]:
        """Return the files that a power cut at this moment leaves."""
        mercy = random.choice((0.0, 0.5, 0.9, 1.0))
        names = dict(self._safe)
        for steps in self._since.values():
            for name, file in steps[: random.randint(0, len(steps))]:
                _rename(names, name, file)
        return {name: file.left(random, mercy) for name, file in names.items()}


def _rename(names: dict[str, File], name: str, file: File | None) -> None:
    if file is None:
        names.pop(name, None)
    else:
        names[name] = file
