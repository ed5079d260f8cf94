from django.core.files.uploadedfile import SimpleUploadedFile

from alongside.ground.core import keys
from alongside.ground.files.rules import Paper
from alongside.ground.files.tests import make
from tests.audiences import Line
from tests.world import World


def slug(world: World) -> dict[str, object]:
    return {"slug": world.partnership.slug}


def of_paper(world: World) -> dict[str, object]:
    return {"slug": world.partnership.slug, "file": world.things["paper"].pk}


def of_evidence(world: World) -> dict[str, object]:
    paper = make.paper(world.partnership.pk, kind=Paper.SUPPLIER_EVIDENCE)
    return {"slug": world.partnership.slug, "file": paper.pk}


def alone(world: World) -> dict[str, object]:
    return {"file": world.things["paper"].pk}


def a_file(world: World) -> dict[str, object]:
    return {
        "key": keys.new_key(),
        "file": SimpleUploadedFile("minutes.txt", b"We met."),
        "title": "Minutes",
        "kind": "other",
        "audience": "office",
    }


LINES = {
    "files:papers": Line(slug),
    "files:add_paper": Line(slug, post=a_file, methods=("GET", "POST")),
    "files:replace_paper": Line(of_paper, post=a_file, methods=("GET", "POST")),
    "files:take_out_paper": Line(of_paper, methods=("POST",)),
    "files:add_evidence": Line(slug, post=a_file, methods=("GET", "POST")),
    "files:replace_evidence": Line(of_evidence, post=a_file, methods=("GET", "POST")),
    "files:take_out_evidence": Line(of_evidence, methods=("POST",)),
    "files:download": Line(alone),
}
