"""What a web process does without until somebody needs it: each of these libraries is megabytes that most pages never use."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ONLY_WHERE_USED = (
    "PIL allauth.socialaccount.providers.google allauth.socialaccount.providers.microsoft cryptography docx fido2 flufl.bounce "
    "hypothesis icalendar lxml openpyxl pikepdf puremagic pypdfium2 pytest qrcode rapidfuzz requests storages typst"
)
PROGRAM = f"""
import sys, alongside.wsgi
def loaded(): print(*(one for one in {ONLY_WHERE_USED.split()} if one in sys.modules))
loaded()
from alongside.members.people.adapter import SecondFactors
drawn = SecondFactors().build_totp_svg("otpauth://totp/Alongside:mo@elm.example?secret=JBSWY3DPEHPK3PXP")
loaded()
import alongside.across.home.ics, typst
loaded()
import io, qrcode
from qrcode.image.svg import SvgPathImage
paper = io.BytesIO()
qrcode.make("otpauth://totp/Alongside:mo@elm.example?secret=JBSWY3DPEHPK3PXP", image_factory=SvgPathImage).save(paper)
print(drawn == paper.getvalue().decode())
"""
PAGES_KEPT = """
import django; django.setup()
from django.db import connection
from alongside.members.schools.actions.bulk import room
def kept(): print(*connection.cursor().execute("PRAGMA cache_size").fetchone())
kept()
with room(): kept()
kept()
"""


def said(program: str, folder: Path) -> list[str]:
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith(("ALONGSIDE_", "DATABASE_URL"))}
    surroundings |= {"ALONGSIDE_MODE": "demo", "ALONGSIDE_VAR": str(folder), "DJANGO_SETTINGS_MODULE": "alongside.settings"}
    run = subprocess.run([sys.executable, "-c", program], env=surroundings, cwd=ROOT, capture_output=True, text=True, check=True)
    return run.stdout.splitlines()


def test_a_web_process_starts_without_what_few_pages_need(tmp_path: Path) -> None:
    at_start, drawn, planted, same = said(PROGRAM, tmp_path)
    assert not at_start, f"import inside the function that needs it: {at_start}"
    assert not drawn, f"the square to scan is drawn elsewhere, and leaves here {drawn}"
    assert planted == "icalendar typst", "what is loaded is not seen"
    assert same == "True", "the square drawn elsewhere is another"


def test_sqlite_keeps_half_a_megabyte_a_thread_and_an_import_gives_its_room_back(tmp_path: Path) -> None:
    assert said(PAGES_KEPT, tmp_path) == ["-512", "-64000", "-512"]
