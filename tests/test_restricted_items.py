"""What is restricted is met by nobody for whom it is not: on no page, list, count, mail, file or export (canaries)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model
from django.urls import reverse

from alongside.across.home.queries.exports import of_person, of_school, tables_of
from alongside.deciding.meetings.actions import agendas, following, holding
from alongside.deciding.meetings.models import ActionPoint, AgendaItem, Decision, ItemPaper, Meeting
from alongside.deciding.meetings.queries.agendas import agenda_of
from alongside.deciding.meetings.tests.make import LATER, Heads
from alongside.deciding.meetings.urls import urlpatterns
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Standing
from alongside.ground.files.models import StoredFile
from alongside.members.membership.tests.make import browser
from alongside.members.notices.models import Notice
from tests.visiting import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 8)]
CANARY = "zephyr"
OVERT = "sunrise"


class Restricted(Heads):
    """A Headboard whose meeting has a restricted item with everything that an item can have; Elm's head has an interest in it."""

    def __init__(self) -> None:
        super().__init__()
        self.open_item = self.item(f"Open {OVERT}", meeting=self.week)
        self.secret = self.item(
            f"Staff {CANARY}", meeting=self.week, is_restricted=True, about=f"About {CANARY}", presenter=CANARY
        )
        made = {"name": "a.pdf", "data": PDF, "title": f"Paper {CANARY}"}
        self.paper = agendas.add_paper(item=self.secret, **made, key=keys.new_key(), by=self.manager)
        said = {"member": self.heads["Elm"].person or "", "words": f"My sister {CANARY}", "key": keys.new_key()}
        holding.declare(item=self.secret, **said, by=self.manager)
        agendas.send_agenda(meeting=self.week, by=self.manager)
        agendas.add_paper(item=self.secret, **{**made, "title": f"Late {CANARY}"}, key=keys.new_key(), by=self.manager)
        self.here("Oak’s head", "Ash’s head", "Fir’s head", meeting=self.week, chair="Oak’s head")
        holding.save_notes(item=self.secret, notes=f"Minutes {CANARY}", version=self.secret.version, by=self.manager)
        self.decision = self.decided(self.secret, f"Decided {CANARY}")
        said = {"words": f"Act {CANARY}", "member": self.heads["Oak"].person or "", "due_on": LATER}
        self.action = holding.agree_action(item=self.secret, **said, key=keys.new_key(), by=self.manager)
        holding.close_meeting(meeting=Meeting.objects.get(pk=self.week.pk), by=self.manager)
        with clock.at(clock.start_of(date(2022, 3, 22), 7)):
            following.send_actions(by=Standing.system())
        following.circulate(meeting=Meeting.objects.get(pk=self.week.pk), seen_by_chair=True, by=self.manager)
        self.next = self.planned(LATER, self.headboard, self.week.meeting_kind)
        self.here("Oak’s head", "Ash’s head", "Fir’s head", meeting=self.next, chair="Oak’s head")
        done = following.approve_minutes(meeting=Meeting.objects.get(pk=self.week.pk), at=self.next, by=self.manager)
        following.fix_minutes(meeting=done, by=Standing.system())
        self.secret = AgendaItem.objects.get(pk=self.secret.pk)
        noted = {"at": self.next, "words": f"Wrong {CANARY}", "version": self.secret.version}
        following.note_later(item=self.secret, **noted, by=self.manager)
        agendas.send_agenda(meeting=Meeting.objects.get(pk=self.next.pk), by=self.manager)


PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]>>endobj\ntrailer<</Root 1 0 R>>"
)


@pytest.fixture
def heads() -> Restricted:
    return Restricted()


def addresses(heads: Restricted) -> Iterator[str]:
    """Every address of the room that shows something, with each key that could stand in it; and others that gather."""
    slug = heads.partnership.slug
    rows: dict[str, list[Any]] = {
        "decisions": [heads.decision], "actions": [heads.action], "body": [heads.headboard], "item": [heads.secret],
        "paper": list(ItemPaper.objects.all()), "interest": list(heads.secret.declared.all()), "<str:key>": [heads.week,
        heads.next],
    }  # fmt: skip
    for one in urlpatterns:
        place = str(one.pattern).removeprefix("p/<slug:slug>/meetings/").split("/")[0]
        if "<str:key>" in str(one.pattern):
            yield from (reverse(f"meetings:{one.name}", args=[slug, row.pk]) for row in rows.get(place, ()))
        else:
            yield reverse(f"meetings:{one.name}", args=[slug])
            yield reverse(f"meetings:{one.name}", args=[slug]) + "?as=csv"
    yield reverse("meetings:minutes_pdf", args=[slug, heads.week.pk]) + "?restricted"
    yield from (reverse("files:download", args=[one.pk]) for one in StoredFile.objects.all())
    yield from (reverse("home:search") + "?q=Staff", reverse("home:me"), reverse("home:calendar"), reverse("notices:mine"))


def met(heads: Restricted, who: Standing, word: str = CANARY) -> set[str]:
    """The addresses at which somebody meets a word, or gets a restricted paper."""
    client, found = browser(who), set[str]()
    for address in addresses(heads):
        response = client.get(address)
        text = text_of(response)
        papers = response.status_code == 200 and address.startswith("/files/")
        if word in text or (word == CANARY and papers):
            found.add(address)
    return found


def rows_of(model: type[Model], who: Standing) -> str:
    return str(list(model._default_manager.all().visible_to(who).values_list()))


@pytest.mark.slow
def test_an_associate_and_who_has_an_interest_meet_nothing_of_it_on_any_page_or_file(heads: Restricted) -> None:
    for name in ("Yew", "Elm"):
        assert met(heads, heads.heads[name]) == set()


@pytest.mark.slow
def test_who_sits_fully_and_the_office_meet_it_where_it_stands(heads: Restricted) -> None:
    for who in (heads.heads["Oak"], heads.manager):
        found = {address.split("/meetings/")[-1].split("/")[-2] for address in met(heads, who) if "/meetings/" in address}
        assert {"minutes", "pack", "decisions", "actions"} <= found
    assert met(heads, heads.heads["Yew"], OVERT), "and what is not restricted is everybody’s who sits there"


def test_no_row_export_mail_number_or_sum_tells_them_of_it(heads: Restricted) -> None:
    ours = [model for model in apps.get_models() if model.__module__.startswith("alongside.")]
    for name in ("Yew", "Elm"):
        who = heads.heads[name]
        assert [model.__name__ for model in ours if CANARY in rows_of(model, who)] == []
        for taken in (of_school(heads.schools[name], viewer=who), of_person(viewer=who)):
            assert CANARY not in str([list(table.cells()) for table in tables_of(taken, viewer=who)])
        agenda = agenda_of(heads.week, viewer=who)
        assert [one.number for one in agenda.items] == list(range(1, len(agenda.items) + 1)) and not agenda.restricted
        assert agenda.minutes == agenda_of(heads.week, viewer=heads.manager).minutes - heads.secret.minutes
        assert not Decision.objects.visible_to(who).exists() and not ActionPoint.objects.visible_to(who).exists()
    assert [model.__name__ for model in ours if CANARY in rows_of(model, heads.manager)]
    told = {one.person for one in Notice.objects.all() if CANARY in one.body + one.subject}
    assert told == {heads.heads[name].person for name in ("Oak", "Ash", "Fir")}
    sent = Notice.objects.filter(kind="meetings.agenda", person=heads.heads["Yew"].person)
    assert sent.count() == 2 and any(OVERT in one.body for one in sent)
    (one,) = heads.secret.declared.all()
    Meeting.objects.filter(pk=heads.week.pk).update(state="circulated", version=99)
    holding.strike_declared(declared=one, by=heads.manager)
    assert heads.secret in AgendaItem.objects.visible_to(heads.heads["Elm"])
