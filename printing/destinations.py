"""Where a badge goes, as the command line and the settings write it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from printing.errors import BadDestination

RAW_PORT: Final = 9100
"""Where printers listen for raw bytes."""

FILE_SCHEMES: Final = ("pdf", "png", "escpos", "zpl")
HOST_SCHEMES: Final = ("escpos", "zpl")


@dataclass(frozen=True, slots=True)
class FileDestination:
    """A file in the given format."""

    scheme: str
    path: Path

    def __str__(self) -> str:
        """Write it as it was asked for."""
        return f"{self.scheme}:{self.path}"


@dataclass(frozen=True, slots=True)
class HostDestination:
    """A printer that takes raw bytes over TCP."""

    scheme: str
    host: str
    port: int = RAW_PORT

    def __str__(self) -> str:
        """Write it as it was asked for, its port always told."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"


@dataclass(frozen=True, slots=True)
class QueueDestination:
    """A queue of the system's own printing."""

    scheme: str
    queue: str

    def __str__(self) -> str:
        """Write it as it was asked for."""
        return f"{self.scheme}://{self.queue}"


Destination = FileDestination | HostDestination | QueueDestination


def destination_of(text: str) -> Destination:
    """Read `pdf:F png:F escpos:F zpl:F escpos://HOST:9100 zpl://HOST:9100 cups://QUEUE`.

    Raises BadDestination (wrong usage).
    """
    scheme, colon, rest = text.strip().partition(":")
    scheme = scheme.lower()
    if colon and rest.startswith("//") and not rest.startswith("///"):
        if scheme in HOST_SCHEMES:
            return _host(scheme, rest, text)
        if scheme == "cups" and rest.strip("/"):
            return QueueDestination(scheme, rest[2:].strip("/"))
    elif scheme in FILE_SCHEMES and rest:
        return FileDestination(scheme, Path(rest).expanduser())
    raise BadDestination(destination=text)


def _host(scheme: str, rest: str, text: str) -> HostDestination:
    try:
        parts = urlsplit(rest)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise BadDestination(destination=text) from error
    if not host or parts.username or parts.path.strip("/") or parts.query or port == 0:
        raise BadDestination(destination=text)
    return HostDestination(scheme, host, port or RAW_PORT)
