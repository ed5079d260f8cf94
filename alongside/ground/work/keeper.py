"""Keeps one worker going beside the web server: starts it again when it dies, and ends with the server.

A process of its own without Django, because a server must not fail with its worker, and one that only waits should weigh little.
"""

import os
import signal
import subprocess
import sys
import threading
import time

LOOK, LONGEST = 0.5, 60.0  # seconds between two looks, and at most between two starts of a worker that dies at once


def keep(server: int) -> int:
    """Look after one worker until the server has ended or a signal comes; gives the exit code."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    pause = LOOK
    while not stop.is_set() and os.getppid() == server:
        began = time.monotonic()
        worker = subprocess.Popen([sys.executable, "-m", "alongside", "worker", "--beside", str(os.getpid())])
        while worker.poll() is None and not stop.wait(LOOK) and os.getppid() == server:
            pass
        if worker.poll() is None:
            worker.terminate()
            return worker.wait()
        print(f"alongside: the worker ended ({worker.returncode}) and is started again", file=sys.stderr, flush=True)
        pause = min(pause * 2, LONGEST) if time.monotonic() - began < LONGEST else LOOK
        stop.wait(pause)
    return 0


if __name__ == "__main__":
    sys.exit(keep(int(sys.argv[1])))
