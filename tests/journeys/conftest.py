"""One product and one browser for all journeys of a pass; each journey starts in a fresh window."""

import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests import browser as browsers
from tests.run import chromium


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demonstration that only these journeys use."""
    with browsers.product(Path(tmp_path_factory.mktemp("product"))) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium."""
    assert chromium(), "there is no Chromium here (apt-get install chromium)"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        with sync_playwright() as playwright:
            started = browsers.launch(playwright)
            yield started
            started.close()


@pytest.fixture
def walk(product: str, browser: Browser) -> Iterator[browsers.Walk]:
    """Somebody with a fresh window, at 1280 px, or at 390 px without scripts."""
    with browsers.walk(browser, product) as one:
        yield one


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every journey is marked as one."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.browser)
