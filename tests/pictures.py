"""The README's pictures, taken anew: `make demo`, then `python -m tests.pictures http://127.0.0.1:8000`.

Only the invented borough is in them. The invoice needs poppler's pdftoppm.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser import launch

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"


def main(address: str) -> None:
    """Take them all."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page(viewport={"width": 1280, "height": 860})
        page.goto(address)
        page.screenshot(path=PICTURES / "doors.png")
        page.set_viewport_size({"width": 390, "height": 844})
        page.screenshot(path=PICTURES / "phone.png")
        page.set_viewport_size({"width": 1280, "height": 960})
        page.get_by_role("button", name="Sit in the manager").click()
        page.screenshot(path=PICTURES / "membership.png")
        pdf = page.request.get(f"{address}/p/elthorne-learning-partnership/fees/issue/draft.pdf").body()
        browser.close()
    with tempfile.NamedTemporaryFile(suffix=".pdf") as kept:
        kept.write(pdf)
        kept.flush()
        subprocess.run(["pdftoppm", "-png", "-r", "70", "-singlefile", kept.name, str(PICTURES / "invoice")], check=True)


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://127.0.0.1:8000")
