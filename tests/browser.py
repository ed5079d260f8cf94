"""A real product for journeys: `alongside demo` in its own process with its own database, and a Chromium to walk through it."""

import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urljoin, urlsplit, urlunsplit
from urllib.request import urlopen

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Playwright

from tests import databases
from tests.environment import ROOT
from tests.run import chromium

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", "--hide-scrollbars", "--disable-dev-shm-usage",
]  # fmt: skip
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SHOTS = os.environ.get("ALONGSIDE_SHOTS")  # a folder: every page of a journey is kept there as a picture
PATIENCE = 120_000  # thousandths of a second: where days are moved, a quarter of a year happens


@dataclass(frozen=True)
class Screen:
    """How wide the window is, and whether scripts run."""

    name: str
    width: int
    height: int
    scripts: bool


DESK = Screen("desk", 1280, 900, scripts=True)
PHONE = Screen("phone", 390, 844, scripts=False)
SCREEN = PHONE if os.environ.get("ALONGSIDE_SCREEN") == "phone" else DESK


of_products: dict[str, dict[str, str]] = {}  # the environment of each product that is served here, by its address


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def own_database(folder: Path) -> Iterator[dict[str, str]]:
    """The environment of a product with a database of its own, on the PostgreSQL of DATABASE_URL where that names one."""
    surroundings = {name: value for name, value in os.environ.items() if name not in {"DJANGO_SETTINGS_MODULE", "DATABASE_URL"}}
    surroundings |= {"ALONGSIDE_MODE": "demo", "ALONGSIDE_VAR": str(folder), "PYTHONWARNINGS": "default"}
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        yield surroundings
        return
    name = f"journeys_{secrets.token_hex(4)}"
    ask(given, f"CREATE DATABASE {name}")
    yield {**surroundings, "DATABASE_URL": urlunsplit(urlsplit(given)._replace(path=f"/{name}"))}
    ask(given, f"DROP DATABASE {name} WITH (FORCE)")


def ask(server: str, sql: str) -> None:
    """One statement to the server, outside the journeys' databases."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql)


@contextmanager
def product(folder: Path) -> Iterator[str]:
    """`alongside demo` prepared and served; gives its address."""
    with own_database(folder) as surroundings:
        prepare(folder, surroundings)
        port = free_port()
        of_products[f"http://127.0.0.1:{port}"] = surroundings
        command = [sys.executable, "-m", "alongside", "demo", "--port", str(port)]
        log = folder / "product.log"
        with (
            log.open("wb") as output,
            subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=output, stderr=output) as process,
        ):
            try:
                wait_for(f"http://127.0.0.1:{port}/accessibility/", process, log)
                yield f"http://127.0.0.1:{port}"
            finally:
                process.terminate()
                process.wait(20)
        assert "Traceback" not in log.read_text(), log.read_text()[-4000:]


def prepare(folder: Path, surroundings: dict[str, str]) -> None:
    """Load the register and build the borough: once a run of `tests.run`, whose other processes and passes take a copy."""
    server, kept = os.environ.get("DATABASE_URL", ""), os.environ.get("ALONGSIDE_PREPARED")
    name = urlsplit(surroundings.get("DATABASE_URL", "")).path[1:]
    ready = Path(f"{kept}-{'server' if name else 'file'}")
    with databases.alone():
        if kept and ready.exists():
            shutil.copytree(ready, folder, dirs_exist_ok=True)
            if name:
                ask(server, f"DROP DATABASE {name}")
                ask(server, f"CREATE DATABASE {name} TEMPLATE journeys_prepared")
            return
        command = [sys.executable, "-m", "alongside", "demo", "--no-serve"]
        made = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False)
        assert made.returncode == 0, made.stdout + made.stderr[-4000:]
        if kept:
            shutil.copytree(folder, ready)
            if name:
                ask(server, f"CREATE DATABASE journeys_prepared TEMPLATE {name}")


def wait_for(address: str, process: "subprocess.Popen[bytes]", log: Path, seconds: int = 240) -> None:
    """Until the product answers."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        assert process.poll() is None, f"the product did not start:\n{log.read_text()[-4000:]}"
        try:
            urlopen(address, timeout=5).close()
            return
        except (URLError, TimeoutError, ConnectionError):
            time.sleep(0.2)
    raise AssertionError(f"the product did not answer in {seconds} s:\n{log.read_text()[-4000:]}")


def launch(playwright: Playwright) -> Browser:
    """The system's Chromium."""
    return playwright.chromium.launch(executable_path=chromium(), args=FLAGS)


@dataclass
class Walk:
    """One person walking through the product in one window; what the browser complains about is kept."""

    base: str
    page: Page
    context: BrowserContext
    screen: Screen
    complaints: list[str] = field(default_factory=list)
    checked: dict[str, int] = field(default_factory=dict)
    expected: tuple[str, ...] = ()
    twin: Page | None = None

    def listen(self) -> None:
        """Keep every error that the browser reports."""
        self.page.on("console", self.hear)
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))
        self.page.on(
            "requestfailed",
            lambda request: (
                self.complaints.append(f"not loaded: {request.url} ({request.failure})")
                if "ERR_ABORTED" not in str(request.failure)
                else None
            ),
        )
        self.page.on(
            "response", lambda answer: self.complaints.append(f"{answer.status} {answer.url}") if answer.status >= 500 else None
        )

    def hear(self, message: ConsoleMessage) -> None:
        """One line of the console."""
        if message.type == "error" and not any(words in message.text for words in self.expected):
            self.complaints.append(f"{self.page.url}: {message.text} ({message.location.get('url', '')})")

    def go(self, path: str) -> Page:
        """Open an address of the product, and look at it."""
        self.page.goto(self.base + path)
        return self.look()

    def press(self, name: str | re.Pattern[str], exact: bool = False) -> Page:
        """Press the button or link with those words, and look at what came."""
        button = self.page.get_by_role("button", name=name, exact=exact).or_(
            self.page.get_by_role("link", name=name, exact=exact)
        )
        shown = button.locator("visible=true")
        if not shown.count() and (menu := self.page.locator("nav summary", has_text="Menu")).is_visible():
            menu.click()  # on a phone the head of the page stands behind it
        shown.first.click(timeout=PATIENCE)
        return self.look()

    def door(self, name: str) -> Page:
        """Go through a door of the partnership: in the bar, or in the menu of a phone."""
        if self.screen.width < 641:
            self.page.locator("nav summary", has_text="Menu").click()
        self.page.locator(".al-nav").get_by_role("link", name=name, exact=True).locator("visible=true").click()
        return self.look()

    def fill(self, **words: str) -> None:
        """Fill fields by their names; a date as '8 3 2022'."""
        for name, value in words.items():
            boxes = self.page.locator(f"main [name='{name}'], main [name^='{name}_'], main [name^='{name}-']")
            for box, part in zip(boxes.all(), value.split() if boxes.count() == 3 else [value], strict=True):
                box.fill(part)

    def choose(self, label: str) -> None:
        """Tick the box, or choose the answer, with that label."""
        self.page.get_by_label(label).first.check()

    def bar(self, summary: str, button: str) -> Page:
        """Open one of the demonstration's choices and press there."""
        self.page.locator("summary", has_text=summary).first.click()
        return self.press(button)

    def mail_program(self, module: str, *words: str) -> None:
        """Let a program beside the product write a mail, and hand it to the product's door for mail."""
        run = {"cwd": ROOT, "env": of_products[self.base], "capture_output": True, "check": True}
        written = subprocess.run([sys.executable, "-m", module, *words], **run).stdout
        subprocess.run([sys.executable, "-m", "alongside", "receive-mail"], input=written, **run)

    def start_again(self) -> Page:
        """Elthorne on 8 March 2022, as it was built, seen by a visitor."""
        self.page.goto(self.base + "/")
        return self.bar("Start again", "Start Elthorne again")

    def file(self, name: str | re.Pattern[str]) -> bytes:
        """What the button or link with those words gives, as a file."""
        link = self.page.get_by_role("button", name=name).or_(self.page.get_by_role("link", name=name)).first
        answer = self.context.request.get(urljoin(self.page.url, link.get_attribute("href") or ""))
        assert answer.ok, f"{answer.status} {answer.url}"
        return answer.body()

    def headline(self) -> str:
        """The first heading."""
        return self.page.get_by_role("heading", level=1).inner_text()

    @contextmanager
    def readable(self) -> Iterator[Page]:
        """The page for axe, which is a script itself: where scripts are off, the same page in a window where they are on."""
        if self.screen.scripts or self.context.browser is None:
            yield self.page
            return
        if not self.twin:
            self.twin = self.context.browser.new_page(viewport={"width": self.screen.width, "height": self.screen.height})
        text = re.sub(r"<script.*?</script>", "", self.page.content(), flags=re.DOTALL)
        here = self.page.url.split("#")[0]
        self.twin.route(
            lambda address: address == here, lambda route: route.fulfill(body=text, content_type="text/html; charset=utf-8")
        )
        self.twin.goto(here)
        yield self.twin
        self.twin.unroute_all()

    def look(self) -> Page:
        """Check the page in the window: accessible, not wider than the window, with a heading."""
        self.page.wait_for_load_state()
        path = urlsplit(self.page.url).path
        if (parts := parts_of(path, self.page.content())) not in READ:
            with self.readable() as page:
                serious = axe(page)
            assert not serious, f"{path} at {self.screen.width} px:\n" + "\n".join(serious)
            self.fits(path, PHONE)
            READ.add(parts)
        self.fits(path, self.screen)
        assert self.page.locator("h1").count() == 1, f"{path} has no single first heading"
        self.checked[path] = self.checked.get(path, 0) + 1
        if SHOTS:
            name = f"{len(self.checked):02d}-{path.strip('/').replace('/', '-') or 'front'}-{self.screen.name}.png"
            self.page.screenshot(path=str(Path(SHOTS) / name), full_page=True)
        return self.page

    def fits(self, path: str, screen: Screen) -> None:
        """The page is not wider than such a window."""
        if screen != self.screen:
            self.page.set_viewport_size({"width": screen.width, "height": screen.height})
        wide = self.page.evaluate("document.documentElement.scrollWidth") - screen.width
        if screen != self.screen:
            self.page.set_viewport_size({"width": self.screen.width, "height": self.screen.height})
        assert wide <= 0, f"{path} is {wide} px wider than a window of {screen.width} px"


def parts_of(path: str, text: str) -> frozenset[str]:
    """The page's kind and the kinds of elements on it: a second page of the same kinds tells axe nothing new."""
    shown = re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL)
    kinds = re.findall(r"<[a-z][^>]*>", re.sub(r'(?<= )(?:href|value|content|d|points|[xy][12]?|c[xy])="[^"]*"', "", shown))
    return frozenset(re.sub(r"[0-9a-z]{26,}|[0-9]+", "#", kind) for kind in [*kinds, path])


READ: set[frozenset[str]] = set()


def axe(page: Page) -> list[str]:
    """Serious and critical findings of axe-core, each with where it is and how to mend it."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{found['impact']} {found['id']}: {node['html'][:160]} ({' '.join((node['failureSummary'] or '').split())[:200]})"
        for found in result["violations"]
        if found["impact"] in {"serious", "critical"}
        for node in found["nodes"]
    ]


@contextmanager
def walk(browser: Browser, base: str, screen: Screen = SCREEN) -> Iterator[Walk]:
    """A fresh window; at the end the browser must have nothing to complain about."""
    context = browser.new_context(
        viewport={"width": screen.width, "height": screen.height},
        java_script_enabled=screen.scripts,
        locale="en-GB",
        accept_downloads=True,
    )
    context.set_default_timeout(30_000)
    one = Walk(base, context.new_page(), context, screen)
    one.listen()
    try:
        yield one
    except (AssertionError, Error) as error:
        error.add_note(f"at {one.page.url}; the browser said: {one.complaints or 'nothing'}")
        raise
    finally:
        context.close()
        if one.twin:
            one.twin.context.close()
    assert not one.complaints, "\n".join(one.complaints)
