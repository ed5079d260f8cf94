"""Real processes that are killed in the middle of their work, for promises about what survives that.

`killed(module, …)` starts processes that each import a module once and then live many lives: a life is a fork that calls
the module's `live(say, *words)` until its work is done, and says when it begins something; at some of those moments it is
killed (SIGKILL) a little later, and the next life goes on. Run as `python -m tests.kills MODULE POOL SEED WORDS…`;
POOL is a pipe that holds one byte for each kill, and whichever process is busy takes the next.
"""

import json
import os
import random
import signal
import socketserver
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from importlib import import_module
from typing import Any
from urllib.parse import quote

SPREAD = 0.03  # seconds within which a life ends after it was chosen
CHANCE = 0.35
Say = Callable[[], None]


def url_of_database() -> str:
    """This test's own database, as another process names it."""
    from django.db import connection

    facts: dict[str, Any] = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    password = f":{quote(facts['PASSWORD'])}" if facts.get("PASSWORD") else ""
    host = facts["HOST"]
    if host.startswith("/"):
        return f"postgresql://{facts['USER']}{password}@/{facts['NAME']}?host={quote(host, safe='')}"
    return f"postgresql://{facts['USER']}{password}@{host}:{facts['PORT'] or 5432}/{facts['NAME']}"


def surroundings(**more: str) -> dict[str, str]:
    """The environment of a process that works on this test's database with the product's own settings."""
    ours = {"DATABASE_URL": url_of_database(), "DJANGO_SETTINGS_MODULE": "alongside.settings", "ALONGSIDE_MODE": "test"}
    return {**os.environ, **ours, **more}


def killed(module: str, kills: int, *words: str, processes: int = 2, **environment: str) -> int:
    """Let so many processes do the module's work together, killed so often in all; gives how often they were."""
    pool, filling = os.pipe()
    os.write(filling, b"." * kills)
    os.close(filling)
    started = [
        subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "tests.kills", module, str(pool), str(seed), *words],
            stdout=subprocess.PIPE,
            text=True,
            env=surroundings(**environment),
            pass_fds=(pool,),
        )
        for seed in range(processes)
    ]
    os.close(pool)
    told = [process.communicate(timeout=1_500)[0] for process in started]
    assert all(process.returncode == 0 for process in started), told
    return sum(json.loads(one) for one in told)


@contextmanager
def database_killed(pause: float = 0.2) -> Iterator[list[int]]:
    """Meanwhile PostgreSQL ends every other connection to this test's database again and again, as when it is stopped and
    started; gives how many each time. SQLite has no server to kill."""
    from django.db import connection, connections

    ended: list[int] = []
    done = threading.Event()

    def kill() -> None:
        try:
            while not done.wait(pause):
                with connections["default"].cursor() as cursor:
                    cursor.execute(
                        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database()"
                        " AND pid <> pg_backend_pid() AND pid <> ALL(%s)", [[spared]],
                    )  # fmt: skip
                    ended.append(cursor.fetchone()[0])
        finally:
            connections["default"].close()

    if connection.vendor != "postgresql":
        yield ended
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (spared,) = cursor.fetchone()
    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield ended
    finally:
        done.set()
        thread.join()


def live_and_die(live: Callable[..., None], pool: int, seed: int, words: list[str]) -> int:
    """One life after another until the work is done; gives how many were cut short."""
    chance, count = random.Random(seed), 0
    while True:
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(reading)
            one_life(live, seed * 10_000 + count, writing, words)
        os.close(writing)
        ended = False
        while not ended and os.read(reading, 1):
            if chance.random() < CHANCE and os.read(pool, 1):
                time.sleep(chance.random() * SPREAD)
                os.kill(pid, signal.SIGKILL)
                count, ended = count + 1, True
        os.close(reading)
        _, status = os.waitpid(pid, 0)
        if not ended:
            assert status == 0, f"a process ended by itself with {status}"
            return count


def one_life(live: Callable[..., None], seed: int, writing: int, words: list[str]) -> None:
    """Work, and never come back."""
    random.seed(seed)
    try:
        live(lambda: os.write(writing, b"."), *words)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


@dataclass
class PostBox:
    """A mail server on this machine that takes everything, and keeps what it said yes to."""

    port: int = 0
    taken: list[tuple[str, str]] = field(default_factory=list)  # Message-ID, words

    def ids(self) -> list[str]:
        """The Message-IDs of what was taken, in order."""
        return [one for one, _ in self.taken]


@contextmanager
def post_box(slow: float = 0.004) -> Iterator[PostBox]:
    """A mail server for the duration; each mail takes it so many seconds."""
    box = PostBox()

    class Talk(socketserver.StreamRequestHandler):
        def say(self, words: str) -> None:
            self.wfile.write(words.encode() + b"\r\n")

        def handle(self) -> None:
            try:
                self.talk()
            except (ConnectionError, BrokenPipeError):
                return  # the other side was killed

        def talk(self) -> None:
            self.say("220 ready")
            while line := self.rfile.readline():
                match line.split()[0].upper() if line.split() else b"":
                    case b"DATA":
                        self.say("354 go on")
                        self.take()
                    case b"QUIT":
                        self.say("221 bye")
                        return
                    case _:
                        self.say("250 yes")

        def take(self) -> None:
            lines = []
            while (line := self.rfile.readline()) and line != b".\r\n":
                lines.append(line)
            if not line:
                return  # cut off before its end: not taken
            mail = message_from_bytes(b"".join(lines), policy=policy.default)
            words = mail.get_body(("plain",))
            box.taken.append((str(mail["Message-ID"]), words.get_content() if words else ""))
            time.sleep(slow)
            self.say("250 taken")

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = daemon_threads = True

    with Server(("127.0.0.1", 0), Talk) as server:
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield box
        finally:
            server.shutdown()
            thread.join()


def main() -> None:
    """Import the module once, then live."""
    module, pool, seed, *words = sys.argv[1:]
    import django

    django.setup()
    print(json.dumps(live_and_die(import_module(module).live, int(pool), int(seed), words)))


if __name__ == "__main__":
    main()
