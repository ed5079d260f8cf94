"""Microsoft and Google as far as signing in goes: a server of its own on this machine, which says what a test tells it."""

import base64
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass
class Elsewhere:
    """The server: `me` is what it says of whoever signs in; `asked` are the requests that came."""

    me: dict[str, Any] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    address: str = ""
    broken: bool = False


def unsigned(claims: dict[str, Any]) -> str:
    """A token as Google writes it, with a signature that nobody checks on a line of TLS."""
    parts = [{"alg": "RS256", "typ": "JWT", "kid": "1"}, claims]
    return ".".join([base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts] + ["c2ln"])


@contextmanager
def elsewhere() -> Iterator[Elsewhere]:
    """The server, while a test needs it."""
    it = Elsewhere()

    class Answers(BaseHTTPRequestHandler):
        def say(self, what: dict[str, Any], status: int = 200) -> None:
            body = json.dumps(what).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            it.asked.append((urlsplit(self.path).path, dict(self.headers)))
            self.say({"error": {"message": "broken"}} if it.broken else it.me)

        def do_POST(self) -> None:
            sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            form = {name: values[0] for name, values in sent.items()}
            it.asked.append((urlsplit(self.path).path, form))
            if it.broken:
                return self.say({"error": "invalid_grant"}, 400)
            claims = {"iss": "https://accounts.google.com", "aud": form.get("client_id", "our-id"), "exp": time.time() + 600,
                      "iat": time.time() - 5, **it.me}  # fmt: skip
            return self.say({"access_token": "a-token", "token_type": "Bearer", "expires_in": 600, "id_token": unsigned(claims)})

        def log_message(self, *words: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))  # a test waits for its end
    thread.start()
    it.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield it
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
