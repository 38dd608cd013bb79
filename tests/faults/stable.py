"""Forks desks: each is a process of its own that can be killed, and none has to import anything.

Asked over a socket: {"words", "env"} with the end of a pipe; answers the process id.
"""

import ctypes
import json
import os
import socket
import sys

from tests.faults.child import main

LONGEST = 4096


def serve(line: socket.socket) -> None:
    """Start one desk after the other until nobody asks any more."""
    while True:
        asked, (*handles,), *_ = socket.recv_fds(line, LONGEST, 1)
        if not asked:
            return
        pid = os.fork()
        if pid == 0:
            _work(json.loads(asked), handles[0])
        os.close(handles[0])
        line.send(str(pid).encode())
        line.recv(LONGEST)  # until it is gone its process id must stay its own
        os.waitpid(pid, 0)


def _work(asked: dict[str, dict[str, str]], shown: int) -> None:
    os.dup2(shown, 1)
    os.close(shown)
    os.environ.update(asked["env"])
    if asked["env"]:
        ctypes.CDLL(None).shim_start()
    main(list(asked["words"]))
    os._exit(0)


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
