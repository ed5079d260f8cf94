"""Promise 17: a file, however damaged, is imported or refused as a whole, in words, and a rehearsal says what happens."""

import csv
import gzip
import io
import os
import random
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import transaction

from alongside.ground.core.verdict import Invalid
from alongside.members.schools.actions import importing
from alongside.members.schools.tests.make import ROOT, SYSTEM, Upload, row_hash

COUNT = {"nightly": 10_000, "check": 300}.get(os.environ.get("ALONGSIDE_SPEED", ""), 120)
SEED = int(os.environ.get("ALONGSIDE_SEED", "17"))
DATA = ROOT / "data"


def head(path: str, lines: int) -> bytes:
    """The first lines of a file that comes with the code."""
    whole = (DATA / path).read_bytes()
    return b"".join((gzip.decompress(whole) if path.endswith(".gz") else whole).splitlines(keepends=True)[:lines])


def originals() -> list[tuple[str, bytes]]:
    """One small file of each layout."""
    return [
        ("edubasealldata_202402_full.csv", head("samples/edubasealldata_202402_fullcolumns_41rows.csv", 25)),
        ("edubase_20231116_slim.csv", head("register/edubase_establishments_20231116_slim.csv.gz", 40)),
        ("gias_status_20240617.csv", head("register/gias_status_20240617_utf8_c1.csv.gz", 40)),
        ("gias_2026_54cols.csv", head("register/gias_establishments_2026_54cols_sample.csv.gz", 25)),
        ("allgroupsdata_202608.csv", head("register/allgroupsdata_202608.csv.gz", 30)),
        ("academies_20240530.csv", head("register/academiesmatmembership_20240530.csv.gz", 30)),
        ("links_20250422.csv", head("register/links_edubasealldata20250422.csv.gz", 30)),
    ]


NASTY = [
    "",
    "NA",
    "0",
    "-1",
    "1e309",
    "9" * 40,
    "100000",
    "\x00",
    "\ufffd",
    "\u202e",
    "’",
    "é",
    '"',
    '""',
    "'",
    "\n",
    "\r",
    "\r\n",
    ",",
    ";",
    "\t",
    "=cmd()",
    "<b>",
    "31-02-2024",
    "00-00-0000",
    "2024-13-45",
    "٣",
    "１２３",
    "x" * 5000,
    "NaN",
    "inf",
    "TRUE",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
]
Mutate = Callable[[random.Random, bytes], bytes]


def table(content: bytes) -> list[list[str]]:
    """The content as rows of cells, if it can be read so; at least one of at least one cell."""
    try:
        rows = [row for row in csv.reader(io.StringIO(content.decode("utf-8", "replace"), newline="")) if row]
    except csv.Error:
        rows = []
    return rows or [["URN"]]


def cells_of(rng: random.Random, content: bytes) -> bytes:
    """Some cells hold something else."""
    rows = table(content)
    for _ in range(rng.randint(1, 12)):
        row = rng.choice(rows[rng.random() > 0.15 :] or rows)
        if row:
            row[rng.randrange(len(row))] = rng.choice(NASTY)
    text = io.StringIO(newline="")
    csv.writer(text, quoting=rng.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])).writerows(rows)
    return text.getvalue().encode("utf-8", "replace")


def columns_of(rng: random.Random, content: bytes) -> bytes:
    """Columns go, come twice or change places."""
    rows = table(content)
    width = len(rows[0])
    order = list(range(width))
    match rng.randrange(4):
        case 0:
            order = [at for at in order if rng.random() > 0.3]
        case 1:
            rng.shuffle(order)
        case 2:
            order += rng.choices(order, k=3)
        case _:
            order = order[rng.randrange(3) :]
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=rng.choice(",,;\t"))
    writer.writerows([[row[at] for at in order if at < len(row)] for row in rows])
    return text.getvalue().encode()


def bytes_of(rng: random.Random, content: bytes) -> bytes:
    """Bytes are flipped, cut out, repeated or put in."""
    damaged = bytearray(content)
    for _ in range(rng.randint(1, 20)):
        at = rng.randrange(len(damaged) or 1)
        match rng.randrange(5):
            case 0 if damaged:
                damaged[at] = rng.randrange(256)
            case 1:
                del damaged[at : at + rng.randint(1, 200)]
            case 2:
                damaged[at:at] = damaged[at : at + rng.randint(1, 300)]
            case 3:
                damaged[at:at] = rng.choice([b'"', b"\x00", b"\r", b"\n\n", b"\xff\xfe", b"\x92", b",,,,", b"\xef\xbb\xbf"])
            case _:
                damaged[at:at] = rng.randbytes(rng.randint(1, 30))
    return bytes(damaged)


def lines_of(rng: random.Random, content: bytes) -> bytes:
    """Lines are cut off, doubled, shuffled or left out; the heading too."""
    lines = content.splitlines(keepends=True)
    match rng.randrange(5):
        case 0:
            lines = lines[rng.randrange(1, 4) :]
        case 1:
            rng.shuffle(lines)
        case 2:
            lines += rng.choices(lines, k=10)
        case 3:
            lines = [line[: rng.randrange(len(line) + 1)] if rng.random() < 0.3 else line for line in lines]
        case _:
            lines = [line for line in lines if rng.random() > 0.4]
    return b"".join(lines)


def whole_of(rng: random.Random, content: bytes) -> bytes:
    """The file as a whole is encoded, packed, cut off or emptied."""
    text = content.decode("utf-8", "replace")
    match rng.randrange(9):
        case 0:
            return text.encode("utf-16")
        case 1:
            return text.encode("utf-8-sig")
        case 2:
            return text.encode("cp1252", "replace")
        case 3:
            return gzip.compress(content)[: rng.randrange(2000)]
        case 4:
            packed = bytearray(gzip.compress(content))
            packed[rng.randrange(10, len(packed))] ^= 1 << rng.randrange(8)
            return bytes(packed)
        case 5:
            return content[: rng.randrange(len(content))]
        case 6:
            return b""
        case 7:
            return content.replace(b"\n", b"\r")
        case _:
            return b"PK\x03\x04" + content


MUTATORS: list[Mutate] = [cells_of, columns_of, bytes_of, lines_of, whole_of]


def mutated(count: int) -> list[Upload]:
    """So many damaged files, the same ones for the same seed."""
    rng, files = random.Random(SEED), originals()
    found = []
    for _ in range(count):
        name, content = rng.choice(files)
        for _ in range(rng.choice([1, 1, 1, 2, 3])):
            content = rng.choice(MUTATORS)(rng, content or b"\n")
        found.append(Upload(content, rng.choice([name, name, name, "schools.csv"])))
    return found


def naive(upload: Upload) -> int:
    """What one writes first: to show that the files are damaged enough to be a test."""
    rows = csv.DictReader(io.StringIO(upload.getvalue().decode("utf-8-sig"), newline=""))
    return sum(int(row["URN"]) for row in rows if row["EstablishmentName"].strip())


@pytest.mark.slow
@pytest.mark.django_db
def test_damaged_files_are_imported_or_refused_whole_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    for name, content in originals():
        importing.import_schools(Upload(content[: len(content) * 2 // 3], name), by=SYSTEM)
    before, ends, tracebacks = row_hash(), Counter[str](), 0
    for number, upload in enumerate(mutated(COUNT)):
        say = f"file {number} of seed {SEED}"
        try:
            naive(upload)
        except Exception:
            tracebacks += 1
        try:
            rehearsal = importing.import_schools(upload, dry_run=True, by=SYSTEM)
        except Invalid as refusal:
            ends["refused"] += 1
            assert row_hash() == before, say
            assert refusal.problems["file"].endswith("."), say
            continue
        assert row_hash() == before, say
        with transaction.atomic():
            real = importing.import_schools(upload, by=SYSTEM)
            assert (rehearsal.figures(), rehearsal.problems, rehearsal.facts) == (real.figures(), real.problems, real.facts), say
            after = row_hash()
            assert (after == before) is (real.written == 0), say
            again = importing.import_schools(upload, by=SYSTEM)
            assert again.written == 0, f"{say}: a second import of the same file wrote {again.written} rows"
            assert row_hash() == after, say
            transaction.set_rollback(True)
        ends["imported"] += 1
        ends["with bad lines"] += bool(real.problems)
    with capsys.disabled():
        print(f"\n{COUNT:,} damaged files: {dict(ends)}, 0 tracebacks, 0 partial imports; a naive reader fails on {tracebacks}")
    assert tracebacks > COUNT // 10, "the planted naive reader should fail on many of them"
    assert ends["refused"] > COUNT // 50
    assert ends["imported"] > COUNT // 4
