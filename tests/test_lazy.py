"""What a web process does without until somebody needs it: each of these libraries is megabytes that most pages never use."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ONLY_WHERE_USED = (
    "PIL allauth.socialaccount.providers.google allauth.socialaccount.providers.microsoft cryptography fido2 flufl.bounce "
    "hypothesis icalendar lxml openpyxl pikepdf puremagic pypdfium2 pytest rapidfuzz requests storages typst"
)
PROGRAM = f"""
import sys, alongside.wsgi
def loaded(): print(*(one for one in {ONLY_WHERE_USED.split()} if one in sys.modules))
loaded()
import alongside.across.home.ics, typst
loaded()
"""


def test_a_web_process_starts_without_what_few_pages_need(tmp_path: Path) -> None:
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith(("ALONGSIDE_", "DATABASE_URL"))}
    surroundings |= {"ALONGSIDE_MODE": "demo", "ALONGSIDE_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "alongside.settings"}
    run = subprocess.run([sys.executable, "-c", PROGRAM], env=surroundings, cwd=ROOT, capture_output=True, text=True, check=True)
    at_start, planted = run.stdout.split("\n")[:2]
    assert not at_start, f"import inside the function that needs it: {at_start}"
    assert planted == "icalendar typst", "what is loaded is not seen"
