"""The kit: what is pressed twice is done once, a state is left once by whoever was first, and pages say what was done."""

import re
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from typing import Any, cast

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.db import IntegrityError
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from alongside.ground.core import clock, keys
from alongside.ground.core.choice import Choice
from alongside.ground.core.standing import VISITOR, Standing
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.ground.web import drawing as drawn
from alongside.ground.web.asked import Asked, find
from alongside.ground.web.forms import Form, NewForm
from alongside.ground.web.models import already, move, once, path_to
from alongside.ground.web.pages import Done, form_page, links_said, press
from alongside.ground.work.models import Job
from alongside.members.contributions.models import OutsideBody
from alongside.members.partnerships.forms import About
from alongside.members.partnerships.tests import make
from alongside.money.budget.models import Commitment, Spending
from tests.reading import modules
from tests.world import World

pytestmark = pytest.mark.django_db


class State(Choice):
    RUNNING = "running", "Under way", "blue"
    DONE = "done", "Done", "green"
    FAILED = "failed", "Failed", "red"


MOVES = {State.RUNNING: {State.DONE: "it is finished", State.FAILED: "it breaks"}}


def body(name: str, key: str = "", partnership: object = None) -> OutsideBody:
    return OutsideBody(pk=key or keys.new_key(), name=name, partnership=partnership)


def test_a_choice_is_its_word_with_label_and_tone() -> None:
    assert State("running") is State.RUNNING == "running"
    assert (State.DONE.label, State.DONE.tone) == ("Done", "green")
    assert State.choices()[0] == ("running", "Under way")


def test_what_is_pressed_twice_is_stored_once() -> None:
    partnership, key = make.partnership(), keys.new_key()
    first = body("A university", key, partnership)
    assert once(first) is first
    again = once(body("A university", key, partnership))
    assert again is not first and again == first and OutsideBody.objects.count() == 1


def test_the_same_press_with_other_content_is_a_conflict() -> None:
    partnership, key = make.partnership(), keys.new_key()
    once(body("A university", key, partnership))
    with pytest.raises(Conflict, match="sent before with something else"):
        once(body("A college", key, partnership))
    with pytest.raises(Conflict):
        already(body("A university", key, make.partnership("Elsewhere")))


def test_what_the_deed_dates_itself_is_no_other_content() -> None:
    partnership, key = make.partnership(), keys.new_key()
    once(body("A university", key, partnership))
    assert once(body("A college", key, partnership), dated="name").name == "A university"


def test_another_rule_of_the_table_is_not_taken_for_a_second_press() -> None:
    partnership = make.partnership()
    once(body("A university", partnership=partnership))
    with pytest.raises(IntegrityError):
        once(body("A university", partnership=partnership))


@pytest.mark.parametrize("key", ["", "short", "iiiiiiiiiiii", "0123456789abc"])
def test_what_is_no_key_is_refused(key: str) -> None:
    row = body("A university", partnership=make.partnership())
    row.pk = key
    with pytest.raises(Conflict, match="Load it again"):
        once(row)


def test_a_state_is_left_once_by_whoever_is_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Job, "MOVES", MOVES, raising=False)
    now = clock.now()
    job = Job.objects.create(person="p", what="W", started_at=now, changed_at=now)
    same = Job.objects.get(pk=job.pk)
    move(job, State.DONE, changed_at=now + timedelta(minutes=1))
    assert job.state == "done" and Job.objects.get(pk=job.pk).changed_at == now + timedelta(minutes=1)
    with pytest.raises(Conflict, match="This is done already"):
        move(same, State.FAILED)
    assert Job.objects.get(pk=job.pk).state == "done"


@pytest.mark.parametrize(
    ("model", "owner", "path"),
    [
        (OutsideBody, "partnership", "partnership"),
        (Commitment, "partnership", "heading__partnership"),
        (Spending, "school", ""),
        (Job, "person", "person"),
    ],
)
def test_the_way_from_a_table_to_whom_it_belongs(model: type, owner: str, path: str) -> None:
    assert path_to(model, owner) == path


class Naming(NewForm):
    name = forms.CharField(max_length=40)


def name_it(*, key: str, name: str, by: Standing) -> str:
    if name == "taken":
        raise Invalid(name="Choose another name")
    if name == "mine":
        raise Refused("Only the manager names things.")
    return f"{name} ({by.name or 'nobody'})"


def asking(data: dict[str, str] | None = None) -> Asked:
    made: Any = RequestFactory().post("/", data) if data is not None else RequestFactory().get("/")
    made.who, made.partnership, made.session = VISITOR, None, {}
    made._messages = FallbackStorage(made)
    made.user = AnonymousUser()
    return cast(Asked, made)


def page_of(request: Asked) -> HttpResponse:
    def done(name: str) -> Done:
        return Done(f"Named {name}.", (("See the message", "/message/"),))

    return form_page(request, Naming, name_it, title="Name it", done=done, next=lambda name: f"/named/{len(name)}/")


def test_a_form_page_shows_its_form_with_a_key() -> None:
    body = page_of(asking()).content.decode()
    assert '<h1 class="al-title">Name it</h1>' in body and 'name="key"' in body and 'name="name"' in body


def test_what_the_rules_would_refuse_whatever_is_typed_stands_there_instead_of_the_form() -> None:
    first = Done("There is nothing to sign yet.", (("Publish it", "/publish/"),))
    words = {"title": "Sign", "done": "Signed.", "next": "/", "barred": first}
    body = form_page(asking(), Naming, name_it, **words).content.decode()
    assert "There is nothing to sign yet." in body and 'href="/publish/"' in body and "<form" not in body.partition("<main")[2]
    sent = asking({"key": keys.new_key(), "name": "Oak"})
    assert form_page(sent, Naming, name_it, **words).status_code == 302, "a press is for the deed to answer"


def test_it_does_the_deed_says_what_it_returned_and_goes_on() -> None:
    request = asking({"key": keys.new_key(), "name": "Oak"})
    answer = page_of(request)
    (said,) = get_messages(request)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/named/12/")
    assert str(said) == "Named Oak (nobody)." and links_said(said) == [["See the message", "/message/"]]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"name": ""}, "Enter the name"),
        ({"name": "taken"}, "Choose another name"),
        ({"name": "Oak", "key": ""}, "load the page again"),
        ({"name": "x" * 41}, "at most 40"),
    ],
)
def test_what_is_refused_stands_in_the_form_with_what_was_typed(sent: dict[str, str], words: str) -> None:
    request = asking({"key": keys.new_key(), **sent})
    answer = page_of(request)
    assert answer.status_code == 200 and words in answer.content.decode() and not list(get_messages(request))
    assert f'value="{sent["name"]}"' in answer.content.decode() or not sent["name"]


def test_a_permission_that_is_missing_is_a_page_of_its_own() -> None:
    with pytest.raises(Refused):
        page_of(asking({"key": keys.new_key(), "name": "mine"}))


def test_a_button_is_pressed_and_never_opened() -> None:
    def deed(*, by: Standing) -> int:
        return 3

    assert press(asking(), deed, done="Done.", next="/").status_code == 405
    request = asking({})
    assert press(request, deed, done=lambda count: f"{count} taken back.", next="/list/").headers["Location"] == "/list/"
    assert [str(one) for one in get_messages(request)] == ["3 taken back."]


def test_a_form_that_changes_a_row_shows_the_row_and_carries_its_version() -> None:
    partnership = make.partnership("Elm", area="Elmshire", contact_email="office@elm.example")
    shown = About(None, row=partnership)
    assert {bound.name: bound.value() for bound in shown} == {
        "name": "Elm", "area": "Elmshire", "contact_email": "office@elm.example", "version": 1,
    }  # fmt: skip
    assert "version" in About({"name": "Elm", "contact_email": "a@b.example"}, row=partnership).errors


def test_a_row_of_elsewhere_is_not_found(world: World) -> None:
    request = asking()
    request.who, request.partnership = world.alder.standing("manager"), world.alder.partnership
    assert find(Commitment, request, pk=world.alder.things["promise"].pk) == world.alder.things["promise"]
    with pytest.raises(Http404):
        find(Commitment, request, pk=world.birch.things["promise"].pk)
    both = replace(request.who, roles=request.who.roles | world.birch.standing("manager").roles)
    request.who = both
    with pytest.raises(Http404):  # visible to whoever works in both offices, and not of this page's partnership
        find(Commitment, request, pk=world.birch.things["promise"].pk)


def test_no_hint_names_a_year_that_will_be_long_ago() -> None:
    """An example in a hint is near today whenever it is read (`near_today`)."""
    found = [one.name for one in modules() if re.search(r"help_text=[^\n]*\b20\d\d\b", one.text)]
    assert not found and len(modules()) > 400
    assert re.search(r"help_text=[^\n]*\b20\d\d\b", 'help_text="For example 31 8 2022."')


def kinds_of(cls: type) -> set[type]:
    """All classes that stand on one."""
    return {found for one in cls.__subclasses__() for found in ({one} | kinds_of(one))}


class LosesNothing(Form):
    usual = forms.ChoiceField(required=False, widget=forms.RadioSelect, choices=[("", "As usual"), ("late", "Late")])
    needed = forms.ChoiceField(widget=forms.RadioSelect, choices=[("", "Choose"), ("late", "Late")])


def test_a_usual_choice_whose_value_is_empty_is_shown_and_chosen() -> None:
    for one in modules():
        if one.layer == "forms":
            import_module(one.name)
    found = set[str]()
    for cls in kinds_of(Form):
        for name, field in cls.base_fields.items():
            if isinstance(field.widget, forms.RadioSelect) and (
                "" in (keys_of := [str(key) for key, _ in cast(Any, field).choices])
            ):
                bare: Any = type("Bare", (Form,), {name: field})()
                items = drawn.field(bare[name]).params["items"]
                offered = keys_of if not field.required else [key for key in keys_of if key]
                assert [one["value"] for one in items] == offered, f"{cls.__name__}.{name}"
                assert [one["value"] for one in items if one["checked"]] == ([""] if not field.required else []), cls.__name__
                found.add(f"{cls.__name__}.{name}")
    assert {"AddPaperForm.state", "LosesNothing.usual", "LosesNothing.needed"} <= found
