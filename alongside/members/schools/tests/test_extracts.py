"""Every extract of the data folder, and the register that comes with the code."""

import io
import os
from pathlib import Path

import pytest

from alongside.ground.core.standing import VISITOR
from alongside.ground.core.verdict import Invalid
from alongside.members.schools import commands
from alongside.members.schools.actions.importing import import_schools
from alongside.members.schools.models import Establishment, Group, School, Succession
from alongside.members.schools.queries import schools
from alongside.members.schools.tests.make import ROOT, SYSTEM

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SHARED = Path(os.environ.get("ALONGSIDE_SHARED_DATA", ROOT.parent / "shared" / "data")) / "gias"
SAMPLES = sorted((ROOT / "data" / "samples").glob("*.csv*"))
NOT_AN_EXTRACT = {"establishment_types_20250422.csv"}


def test_every_extract_of_the_shared_folder_loads_without_a_bad_line(capsys: pytest.CaptureFixture[str]) -> None:
    files = sorted(SHARED.glob("*.csv*")) if SHARED.is_dir() else []
    with capsys.disabled():
        if not files:
            print(f"\n{SHARED} is not there: only the extracts that come with the code are tried")
    lost = {}
    for path in commands.in_order(files or [*commands.bundled_files(), *SAMPLES]):
        if Path(path).name in NOT_AN_EXTRACT:
            with pytest.raises(Invalid, match="no column URN"):
                import_schools(path, by=SYSTEM)
            continue
        report = import_schools(path, by=SYSTEM)
        lost[Path(path).name] = report.bad_lines
        assert report.rows > 40
    assert not any(lost.values()), lost
    assert not Establishment.objects.filter(name__in=["NA", "Not applicable", ""]).exists()
    assert not Establishment.objects.filter(name__regex="[\u0080-\u009f]").exists()
    assert School.objects.count() == Establishment.objects.filter(is_current=True).count()
    assert Establishment.objects.exclude(school__isnull=False).count() == 0


def test_the_register_that_comes_with_the_code() -> None:
    commands.load_register(io.StringIO())
    assert Establishment.objects.count() > 51_000
    assert len(schools.schools_in_la("312", viewer=VISITOR)) > 100
    middlesex = {one.urn for one in schools.schools_in_trust(2237, viewer=VISITOR)}
    assert {137844, 138983, 144473} <= middlesex
    assert Group.objects.get(uid=2237).company_number == "07719016"
    barnhill = schools.school_with_urn(131639, viewer=VISITOR)
    assert barnhill is not None
    assert barnhill.urn == 137844, "the old URN leads to the school as it is today"
    assert Succession.objects.filter(outcome="same").count() > 10_000
    assert [one.urn for one in schools.find_schools("Barnhil Comunity", viewer=VISITOR)][:1] == [137844]
    assert schools.local_authorities(viewer=VISITOR)[0][0]
    written = sum(import_schools(path, by=SYSTEM).written for path in commands.in_order(commands.bundled_files()))
    assert written == 0
