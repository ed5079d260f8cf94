"""The schools that were found become a partnership, with whoever starts it as its manager."""

from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from alongside.across.demo.actions import doors
from alongside.across.demo.tests import make
from alongside.across.demo.tests.make import ask, real_school
from alongside.ground.core import clock
from alongside.ground.core.standing import VISITOR, Standing
from alongside.ground.core.verdict import Invalid
from alongside.members.membership.models import Answer, Question, Signature
from alongside.members.notices.models import Notice
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.people.models import Person
from alongside.members.schools.models import Establishment

pytestmark = pytest.mark.django_db
PAGE = "/demo/your-schools/"


@pytest.fixture
def england(db: None) -> None:
    """A few schools in three places."""
    make.england()


@pytest.mark.usefixtures("england")
def test_the_visitor_becomes_manager_of_real_schools_today_and_nothing_is_invented():
    client = Client()
    found = ask(words="Hillingdon")
    answer = client.post(
        f"{PAGE}?words=Hillingdon",
        {"name": "Ours together", "template": "learning", "manager_name": "Ann Okoro", "schools": found.ticked[:3]},
    )
    assert answer.status_code == 302 and answer["Location"] == "/p/ours-together/overview/"
    partnership = Partnership.objects.get(slug="ours-together")
    assert partnership.started_on == clock.today() and not partnership.is_invented and partnership.la_code == "312"
    assert sorted(Membership.objects.filter(partnership=partnership).values_list("kind", flat=True)) == ["asked"] * 3
    assert set(Answer.objects.filter(partnership=partnership).values_list("state", flat=True)) == {"no_reply"}
    assert not Signature.objects.exists() and not Question.objects.exists() and not Notice.objects.exists()
    assert list(Person.objects.values_list("name", "email")) == [("Ann Okoro", None)]
    for name in ("home:overview", "membership:overview", "fees:overview"):
        page = client.get(reverse(name, args=["ours-together"]))
        assert page.status_code == 200 and "2022" not in page.content.decode(), name
    assert client.get("/p/ours-together/overview/").status_code == 200
    assert Client().get("/p/ours-together/overview/").status_code in {302, 404}


@pytest.mark.usefixtures("england")
def test_what_is_asked_at_the_start_is_asked_once_and_the_first_text_is_there():
    client, page = Client(), f"{PAGE}?words=Hillingdon"
    assert "Your name" in client.get(page).content.decode()
    form = {"name": "Ours", "template": "learning", "schools": ask(words="Hillingdon").ticked[:3]}
    client.post(page, {**form, "manager_name": "Ann Okoro", "contact_email": "office@ours.example"})
    ours = Partnership.objects.get()
    assert ours.contact_email == "office@ours.example" and ours.prospectuses.get().published_at is None
    step = client.get("/p/ours/overview/").content.decode()
    assert "/p/ours/membership/prospectus/preview/" in step and "Say where schools can write" in step
    preview = client.get("/p/ours/membership/prospectus/preview/").content.decode()
    version = preview.split('name="version" value="', 1)[1].split('"')[0]
    after = client.post("/p/ours/membership/prospectus/preview/", {"version": version})
    assert after["Location"] == "/p/ours/membership/invite/"
    school = Membership.objects.all()[0].school
    words = {"subject": "Join us", "opening": "Dear [name]", "deed": "look", f"email-{school.urn}": "head@ash.example"}
    mail = client.post("/p/ours/membership/invite/", words).content.decode()
    assert "Ann Okoro" in mail and "office@ours.example" in mail
    fees = client.get("/p/ours/fees/set-up/").content.decode()
    assert 'value="partnership" checked' in fees and "office@ours.example" in fees
    assert "Your name" not in client.get(page).content.decode()
    client.post(page, {**form, "name": "Ours too"})
    assert Partnership.objects.count() == 2 and Person.objects.count() == 1


@pytest.mark.usefixtures("england")
def test_a_trust_begins_with_its_academies_as_members():
    found = ask(words="River Learning Trust")
    Client().post(
        f"{PAGE}?words=River+Learning+Trust",
        {"name": "Our trust", "template": "trust", "manager_name": "Ann Okoro", "schools": found.ticked},
    )
    assert sorted(Membership.objects.values_list("kind", flat=True)) == ["member", "member"]


@pytest.mark.usefixtures("england")
@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"name": ""}, "Enter a name for the partnership"),
        ({"schools": []}, "Tick at least one school"),
        ({"schools": ["nonsense"]}, "not one of the available"),
        ({"template": "empire"}, "not one of the available"),
        ({"manager_name": ""}, "Enter your name"),
        ({"manager_name": "Partnership manager"}, "Enter a person’s name here, not a post"),
        ({"contact_email": "office"}, "e-mail address"),
        ({"name": "!!!"}, "Enter a name with letters"),
        ({"name": "Elthorne for all"}, "belongs to what is invented here"),
        ({"name": "-\u00c9lthorne for all"}, "belongs to what is invented here"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(change, says):
    found = ask(words="Hillingdon")
    page = Client().post(
        f"{PAGE}?words=Hillingdon",
        {"name": "Ours", "template": "learning", "manager_name": "Ann Okoro", "schools": found.ticked, **change},
    )
    assert page.status_code == 200 and says in page.content.decode() and not Partnership.objects.exists()


@pytest.mark.usefixtures("england")
def test_a_name_is_taken_once_and_the_second_is_told():
    form = {"name": "Ours", "template": "learning", "manager_name": "Ann Okoro", "schools": ask(words="Hillingdon").ticked}
    assert Client().post(f"{PAGE}?words=Hillingdon", form).status_code == 302
    page = Client().post(f"{PAGE}?words=Hillingdon", form)
    assert "There is a partnership of this name already" in page.content.decode() and Partnership.objects.count() == 1


@pytest.mark.usefixtures("england")
@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ({"words": "Hillingdon"}, "Hillingdon schools together"),
        ({"la": "312", "phase": "primary"}, "Hillingdon primary schools together"),
        ({"words": "Birch High School\nCedar Primary School"}, "Two Hillingdon schools together"),
        ({"words": "Birch High School, Cedar Primary School, Ash Primary School"}, "Three Hillingdon schools together"),
        ({"words": "Birch High School"}, "Birch High School and partners"),
        ({"words": "River Learning Trust"}, "The River Learning Trust"),
    ],
)
def test_a_borough_its_phases_and_some_of_its_schools_are_called_differently_at_first(typed, name):
    found, page = ask(**typed), f"{PAGE}?{urlencode(typed)}"
    assert found.called == name and f'value="{name}"' in Client().get(page).content.decode()
    Client().post(page, {"name": name, "template": "learning", "manager_name": "Ann Okoro", "schools": found.ticked})
    shown = Client().get(page).content.decode()
    assert f'value="{name} (2)"' in shown and "started this partnership already" not in shown, "another visitor's is not opened"


@pytest.mark.usefixtures("england")
@pytest.mark.parametrize("again", ["Hillingdon", "Birch High School\nCedar Primary School", "Birch High School"])
def test_who_types_the_same_schools_or_the_same_name_again_is_led_to_what_is_there(again):
    client, page = Client(), f"{PAGE}?{urlencode({'words': again})}"
    form = {"name": "Ours", "template": "learning", "manager_name": "Ann Okoro", "schools": ask(words=again).ticked}
    client.post(page, form)
    assert "started this partnership already" in client.get(page).content.decode()
    other = client.get(f"{PAGE}?words=Reed+Academy").content.decode()
    assert "started this partnership already" not in other and "Go on with Ours" not in other
    for chosen in (form, {**form, "name": "OURS", "schools": form["schools"][:1]}):
        refused = client.post(page, chosen).content.decode()
        assert "You have started a partnership of this name already: open it above" in refused and "Go on with Ours" in refused
    assert Partnership.objects.count() == 1
    assert client.post(reverse("demo:be"), {"persona": "own", "slug": "ours"})["Location"] == "/p/ours/overview/"


@pytest.mark.usefixtures("england")
def test_the_cookie_leads_back_to_ones_own_schools_and_a_forged_one_does_not():
    client = Client()
    client.post(
        f"{PAGE}?words=Hillingdon",
        {"name": "Ours", "template": "learning", "manager_name": "Ann Okoro", "schools": ask(words="Hillingdon").ticked},
    )
    client.post(reverse("demo:be"), {"persona": "visitor"})
    assert "_auth_user_id" not in client.session
    assert client.post(reverse("demo:be"), {"persona": "own"})["Location"] == "/p/ours/overview/"
    assert client.session["_auth_user_id"] == Person.objects.get().pk
    forger = Client()
    forger.cookies["own_schools"] = f"{Person.objects.get().pk}:ours"
    forger.post(reverse("demo:be"), {"persona": "own"})
    assert "_auth_user_id" not in forger.session


@pytest.mark.usefixtures("england")
def test_a_visitor_finds_every_partnership_that_they_started_again_at_the_front_door():
    client, page = Client(), f"{PAGE}?words=Hillingdon"
    for name in ("Ours", "Ours too"):
        client.post(
            page, {"name": name, "template": "learning", "manager_name": "Ann Okoro", "schools": ask(words="Hillingdon").ticked}
        )
    client.post(reverse("demo:be"), {"persona": "visitor"})
    for address in ("/", PAGE):
        shown = client.get(address).content.decode()
        assert "Go on with Ours<" in shown and "Go on with Ours too<" in shown and Person.objects.count() == 1
    for slug in ("ours", "ours-too"):
        assert client.post(reverse("demo:be"), {"persona": "own", "slug": slug})["Location"] == f"/p/{slug}/overview/"
        assert client.get(f"/p/{slug}/overview/").status_code == 200
    assert client.post(reverse("demo:be"), {"persona": "own", "slug": "elthorne"})["Location"] == "/p/ours-too/overview/"


def test_no_invented_school_can_be_taken_into_a_partnership_of_real_ones():
    school = real_school("Looks Real School")
    Establishment.objects.filter(urn=school.urn).update(is_invented=True)
    with pytest.raises(Exception, match="Tick at least one"):
        doors.start_own_partnership(
            name="Ours", template="learning", schools=[school.pk], area="", la_code="", manager=None, by=VISITOR.system()
        )


@pytest.mark.usefixtures("england")
def test_whoever_is_nobody_yet_says_their_name():
    said = {"name": "Ours", "template": "learning", "schools": ask(words="Hillingdon").ticked, "area": "", "la_code": ""}
    with pytest.raises(Invalid, match="Enter your name"):
        doors.start_own_partnership(**said, manager=None, manager_name=" ", by=Standing.system())
