"""Bytes to a printer on the network (port 9100), and an honest account of what it took.

«Sent» is not «printed»: the printer's and the network's buffers take whole badges from us.
"""

import selectors
import socket
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic, sleep
from typing import Final

from printing.errors import OutcomeUnknown, PrinterUnreachable

CHUNK: Final = 16_384

LATE_RESET_S: Final = 0.05
"""How long after the printer closed a reset for bytes it never read may still arrive."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: to connect, for the whole job, and for the printer to close after the last byte."""

    connect: float = 2.0
    total: float = 10.0
    linger: float = 0.5


USUAL: Final = Patience()


def send(data: bytes, host: str, port: int, patience: Patience = USUAL) -> int:
    """Send a job over a connection of its own; returns how many bytes were accepted: all.

    Raises PrinterUnreachable when none was, and trying again is harmless; OutcomeUnknown when the
    line broke, the printer hung up or time ran out after the first byte.
    """
    where = f"{host}:{port}"
    end = monotonic() + patience.total
    try:
        line = socket.create_connection((host, port), timeout=patience.connect)
    except (OSError, UnicodeError) as error:  # the second: no such name can exist
        raise PrinterUnreachable(where=where) from error
    with line:
        job = _Job(line, data, lambda: end - monotonic())
        try:
            job.push()
            job.settle(patience.linger)
        except OSError as error:
            if job.accepted == 0:
                raise PrinterUnreachable(where=where) from error
            raise OutcomeUnknown(where=where, accepted=job.accepted, total=len(data)) from error
    return job.accepted


@dataclass
class _Job:
    """One transmission; its methods raise OSError when it breaks."""

    line: socket.socket
    data: bytes
    left: Callable[[], float]  # seconds until the deadline
    accepted: int = 0

    def push(self) -> None:
        """Hand everything over, watching for a printer that hangs up early."""
        self.line.setblocking(False)
        view = memoryview(self.data)
        while self.accepted < len(self.data):
            readable, writable = self._wait(self.left(), write=True)
            if readable and self._hung_up():
                raise ConnectionResetError("the printer hung up")
            if writable:
                self.accepted += self.line.send(view[self.accepted : self.accepted + CHUNK])
            elif self.left() <= 0:
                raise TimeoutError("the printer stopped taking bytes")

    def settle(self, linger: float) -> None:
        """Say that this was all, then give the printer a moment to close, or to break."""
        self.line.shutdown(socket.SHUT_WR)
        end = monotonic() + min(linger, max(0.0, self.left()))
        while (rest := end - monotonic()) > 0:
            readable, _ = self._wait(rest, write=False)
            if readable and self._hung_up():
                sleep(LATE_RESET_S)
                break
        code = self.line.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if code:
            raise OSError(code, "the connection was reset")

    def _wait(self, seconds: float, *, write: bool) -> tuple[bool, bool]:
        """Wait until the line can be read, or written to; both false when time is up."""
        events = selectors.EVENT_READ | (selectors.EVENT_WRITE if write else 0)
        with selectors.DefaultSelector() as selector:
            selector.register(self.line, events)
            ready = [mask for _, mask in selector.select(max(0.0, seconds))]
        mask = ready[0] if ready else 0
        return bool(mask & selectors.EVENT_READ), bool(mask & selectors.EVENT_WRITE)

    def _hung_up(self) -> bool:
        """Drop what the printer says (its status); true once it has closed its side."""
        return not self.line.recv(4096)
