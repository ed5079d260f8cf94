"""The `alongside` command answers nonsense with one line that says what to do, never with a traceback."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from alongside.__main__ import offered

ROOT = Path(__file__).resolve().parent.parent
SECRET = "aB3xyzwvutsrq" * 5


def run(tmp_path: Path, words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command on an installation of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ALONGSIDE_", "DATABASE_URL", "DJANGO_"))}
    ours = {
        "ALONGSIDE_MODE": "production",
        "ALONGSIDE_SECRET_KEY": SECRET,
        "ALONGSIDE_HOSTS": "oak.example",
        "ALONGSIDE_VAR": str(tmp_path / "var"),
    }
    return subprocess.run(
        [sys.executable, "-m", "alongside", *words.split()],
        cwd=ROOT,
        env={**kept, **ours, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "environment", "says"),
    [
        ("", {}, "the following arguments are required"),
        ("nonsense", {}, "invalid choice"),
        ("check", {"ALONGSIDE_MODE": "nonsense"}, "ALONGSIDE_MODE is one of"),
        ("check", {"ALONGSIDE_SECRET_KEY": ""}, "Set ALONGSIDE_SECRET_KEY"),
        ("check", {"ALONGSIDE_SECRET_KEY": "aB3" * 16}, "too easy to guess"),
        ("check", {"ALONGSIDE_HOSTS": "*"}, "names the hosts"),
        ("check", {"ALONGSIDE_HOSTS": "oak.example elm.example"}, "with commas between them"),
        ("check", {"ALONGSIDE_HOSTS": "https://oak.example"}, "with commas between them"),
        ("check", {"ALONGSIDE_HOSTS": " , "}, "with commas between them"),
        ("check", {"ALONGSIDE_HOSTS": "oak.example;elm.example"}, "with commas between them"),
        ("check", {"ALONGSIDE_HOSTS": "oak.example\telm.example"}, "with commas between them"),
        ("check", {"ALONGSIDE_HOSTS": "oak.example:8000"}, "with commas between them"),
        ("check", {"ALONGSIDE_ADDRESS": "oak.example"}, "how links in e-mails begin"),
        ("check", {"ALONGSIDE_ADDRESS": "https://oak example"}, "how links in e-mails begin"),
        ("check", {"ALONGSIDE_ADDRESS": "https://oak.example/schools"}, "how links in e-mails begin"),
        ("check", {"ALONGSIDE_MAIL_PORT": "post"}, "ALONGSIDE_MAIL_PORT is the number"),
        ("check", {"DATABASE_URL": "mysql://x"}, "DATABASE_URL starts with"),
        ("check", {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/x"}, "the database does not answer"),
        ("check", {}, "the database does not answer"),
        ("new-partnership Elm --template learning --manager a@elm.example", {}, "alongside migrate"),
        ("migrate", {"ALONGSIDE_VAR": "/dev/null/var"}, "/dev/null/var"),
        ("demo", {}, "never runs on a production installation"),
        ("serve --port 99999", {}, "99999 is not a port"),
        ("serve --port x", {}, "x is not a port"),
        ("import-schools /dev", {}, "refused, nothing was written"),
        ("import-schools --date x /dev/null", {}, "--date"),
    ],
)
def test_nonsense_is_answered_in_words(tmp_path: Path, words: str, environment: dict[str, str], says: str) -> None:
    done = run(tmp_path, words, **environment)
    told = done.stdout + done.stderr
    assert done.returncode in {1, 2} and says in told, told
    assert "Traceback" not in told


@pytest.mark.slow
def test_a_sound_installation_passes_its_own_check_and_starts_a_partnership(tmp_path: Path) -> None:
    assert run(tmp_path, "migrate").returncode == 0
    checked = run(tmp_path, "check")
    assert "security." not in checked.stdout + checked.stderr
    spaced = {"ALONGSIDE_HOSTS": " oak.example , elm.example"}
    begun = run(tmp_path, "new-partnership Elm --template learning --manager a@elm.example", **spaced)
    assert begun.returncode == 0 and "https://oak.example/i/" in begun.stdout
    again = run(tmp_path, f"new-partnership {'a' * 121} --template learning --manager a@elm.example")
    assert again.returncode == 2 and "at most 120 characters" in again.stderr
    freed = run(tmp_path, "free-second-factor nobody@elm.example")
    assert freed.returncode == 2 and "nobody signs in with nobody@elm.example" in freed.stderr


def test_every_command_that_the_documents_name_is_offered() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    named = {name for page in pages for name in re.findall(r"`alongside ([a-z][a-z-]+)", page.read_text(encoding="utf-8"))}
    (commands,) = offered()._subparsers._group_actions
    assert "serve" in named and not named - set(commands.choices)


@pytest.mark.slow
def test_the_database_is_its_owners_alone(tmp_path: Path) -> None:
    assert run(tmp_path, "migrate").returncode == 0
    made = [*(tmp_path / "var").rglob("*"), tmp_path / "var"]
    assert any(path.name == "alongside.sqlite3" for path in made)
    assert not [path for path in made if path.stat().st_mode & 0o077], "others may read what is kept"
