"""Real listeners on this machine, each with one bad (or good) habit of a network printer."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Sink:
    """Where it listens, and what it received."""

    port: int
    received: bytearray = field(default_factory=bytearray)
    done: threading.Event = field(default_factory=threading.Event)
    test_over: threading.Event = field(default_factory=threading.Event)


Habit = Callable[[socket.socket, Sink], None]


def reads_all(line: socket.socket, sink: Sink) -> None:
    while data := line.recv(65_536):
        sink.received += data


def answers_status(line: socket.socket, sink: Sink) -> None:
    line.sendall(b"\x12\x12")
    reads_all(line, sink)


def stays_open(line: socket.socket, sink: Sink) -> None:
    reads_all(line, sink)
    sink.done.set()
    sink.test_over.wait(10)


def never_reads(line: socket.socket, sink: Sink) -> None:
    sink.test_over.wait(10)


def resets_midway(line: socket.socket, sink: Sink) -> None:
    sink.received += line.recv(1000)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def hangs_up_politely(line: socket.socket, sink: Sink) -> None:
    sink.received += line.recv(1000)
    line.shutdown(socket.SHUT_WR)
    sink.done.set()
    sink.test_over.wait(10)


def says_goodbye_and_goes(line: socket.socket, sink: Sink) -> None:
    sink.received += line.recv(1000)
    line.shutdown(socket.SHUT_WR)


def closes_early(line: socket.socket, sink: Sink) -> None:
    sink.received += line.recv(1000)


@contextmanager
def sink(habit: Habit) -> Iterator[Sink]:
    """Listen on a free port of the loopback for one connection."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    listener.settimeout(10)
    it = Sink(listener.getsockname()[1])

    def serve() -> None:
        try:
            line, _ = listener.accept()
        except OSError:
            return
        with line:
            habit(line, it)
        it.done.set()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield it
    finally:
        it.test_over.set()
        listener.close()
        thread.join(10)


def closed_port() -> int:
    """Return a port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
