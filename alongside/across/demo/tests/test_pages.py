"""The doors, the bar, and where there is no demonstration."""

import os
import subprocess
import sys

import pytest
from django.test import Client
from django.urls import reverse

from alongside.across.demo import commands, elthorne
from alongside.across.demo.actions import borough, doors
from alongside.across.demo.models import DemoState
from alongside.across.demo.queries import state
from alongside.across.demo.rules import Stage
from alongside.deciding.meetings.models import Meeting
from alongside.ground.core.standing import VISITOR, Standing
from alongside.ground.core.verdict import Conflict, Refused
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.tests.make import partnership
from tests.environment import ROOT

POSTS = ("as_head", "as_manager", "be", "move", "start_again")


@pytest.mark.django_db
def test_before_elthorne_is_built_the_front_page_still_has_its_doors():
    page = Client().get("/")
    assert page.status_code == 200 and "Find your schools" in page.content.decode() and "have signed" not in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("name", POSTS)
def test_before_elthorne_is_built_no_button_breaks(name):
    assert Client().post(reverse(f"demo:{name}"), {"stage": "frozen", "persona": "manager"}).status_code in {302, 404}


@pytest.mark.django_db
def test_only_the_demonstration_loads_its_register_even_an_empty_one():
    with pytest.raises(Refused):
        doors.load_register(files=[], by=VISITOR)


@pytest.mark.django_db
def test_the_head_s_door_needs_a_borough_and_a_school_that_has_not_answered():
    with pytest.raises(Conflict, match="has not been built"):
        doors.invite_door_school(by=Standing.system())
    assert partnership(elthorne.NAME).slug == elthorne.SLUG
    with pytest.raises(Conflict, match="Every school"):
        doors.invite_door_school(by=Standing.system())


@pytest.mark.parametrize("name", POSTS)
@pytest.mark.django_db
def test_what_changes_something_is_only_ever_posted(name):
    assert Client().get(reverse(f"demo:{name}")).status_code == 405


@pytest.mark.slow
@pytest.mark.usefixtures("elthorne")
class TestElthorne:
    """Pages of the invented borough."""

    def test_the_front_page_says_how_the_sign_up_stands(self):
        page = Client().get("/").content.decode()
        assert "61 of 97 schools have signed. Ten days left." in page
        for words in ("61 signed", "10 yes, subject to someone", "6 with a question", "19 no reply yet", "1 to be invited"):
            assert words in page
        assert page.count("<circle class=") >= 97

    def test_every_page_says_that_it_is_a_demonstration(self):
        client = Client()
        client.post(reverse("demo:as_manager"))
        slug = ["elthorne-learning-partnership"]
        for name in ("home:overview", "membership:overview", "inviting:chase", "fees:overview", "people:list"):
            page = client.get(reverse(name, args=slug)).content.decode()
            assert "Demonstration" in page and "Tuesday 8 March 2022" in page and "Start again" in page, name
        assert "Demonstration" in client.get("/no/such/page/").content.decode()

    def test_the_bar_offers_later_days_and_the_way_back(self):
        client = Client()
        assert "Move to Monday 21 March" in client.get("/").content.decode()
        client.post(reverse("demo:move"), {"stage": "frozen"})
        page = client.get("/").content.decode()
        assert "Monday 21 March 2022" in page and "Back to Tuesday 8 March" in page and "The roll is frozen" in page

    def test_who_sits_on_the_board_can_be_from_its_first_meeting(self):
        client = Client()
        assert "Acting chair of the board" not in client.get("/").content.decode()
        assert client.post(reverse("demo:be"), {"persona": "chair"})["Location"] == reverse("demo:doors")
        client.post(reverse("demo:move"), {"stage": "frozen"})
        assert "Clerk of the board" in client.get("/").content.decode()
        for persona, may in (("chair", "Ask who has not said"), ("clerk", "Take the minutes")):
            shown = client.post(reverse("demo:be"), {"persona": persona}, follow=True).content.decode()
            assert "Partnership board, Monday 21 March 2022" in shown and "Plan a meeting" in shown, persona
            meeting = Meeting.objects.get(body__name="Partnership board", on="2022-03-21")
            assert may in client.get(reverse("meetings:meeting", args=[elthorne.SLUG, meeting.pk])).content.decode(), persona

    @pytest.mark.parametrize("stage", ["", "nonsense", "signing"])
    def test_nonsense_moves_nothing(self, stage):
        assert Client().post(reverse("demo:move"), {"stage": stage}).status_code == 302
        assert DemoState.objects.get().stage == Stage.SIGNING

    def test_moving_the_day_leads_back_to_a_page_of_here_and_never_to_another_site(self):
        elsewhere = ("https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", "\\\\elsewhere")
        for back, leads in ((reverse("demo:doors"), reverse("demo:doors")), *((one, "/") for one in elsewhere)):
            answer = Client().post(reverse("demo:move"), {"stage": "frozen", "next": back})
            assert answer["Location"] == leads, back

    def test_the_first_door_opens_even_when_only_few_are_left_and_says_so_when_none_is(self):
        from alongside.members.membership.models import Answer

        Answer.objects.exclude(state="signed").update(state="declined")
        client = Client()
        assert client.post(reverse("demo:as_head"))["Location"] == "/"
        assert "Every school of Elthorne has answered" in client.get("/").content.decode()

    def test_starting_again_signs_the_visitor_out(self):
        client = Client()
        client.post(reverse("demo:as_manager"))
        client.post(reverse("demo:start_again"))
        assert "_auth_user_id" not in client.session and "61 of 97 schools" in client.get("/").content.decode()


LOOK = """
import django; django.setup()
from django.urls import NoReverseMatch, reverse, resolve
for name in ("doors", "be", "move", "start_again", "own_schools"):
    try:
        print(reverse("demo:" + name))
    except NoReverseMatch:
        continue
print(resolve("/").view_name)
"""


@pytest.mark.slow
def test_production_has_no_page_of_the_demonstration():
    mode = {"ALONGSIDE_MODE": "production", "ALONGSIDE_SECRET_KEY": "aB3" * 20 + "xyzwvutsrq"}
    surroundings = {**os.environ, **mode, "DJANGO_SETTINGS_MODULE": "alongside.settings"}
    said = subprocess.run([sys.executable, "-c", LOOK], cwd=ROOT, env=surroundings, capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["home:front"]


def test_a_kept_borough_is_built_anew_when_its_story_or_a_table_is_another():
    names = {str(path.relative_to(ROOT)) for path in commands.made_from()}
    assert {"alongside/across/demo/elthorne.toml", "alongside/across/demo/actions/story.py"} < names
    assert "alongside/members/membership/migrations/0003_telephone.py" in names, "a row that was kept lacks its column"


def test_a_demonstration_leaves_somebodys_own_work_alone(capsys, db):
    partnership("Hillingdon Learning Partnership")
    assert commands.start(port=8000) == 2 and "no demonstration" in capsys.readouterr().err


def test_a_first_start_that_was_broken_off_is_begun_anew(db, monkeypatch):
    monkeypatch.setattr(borough.story, "play", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        borough.build_elthorne(built_from="tests", by=Standing.system())
    assert Partnership.objects.exists() and not state.is_somebodys_own() and state.built_from() == ""
