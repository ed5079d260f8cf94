import re

import pytest
from django.test import Client

from alongside.members.contributions.models import Contribution
from alongside.members.contributions.queries import gifts_stand
from alongside.members.contributions.rules import GiftKind
from alongside.members.contributions.tests import make
from alongside.members.contributions.tests.access import a_note
from alongside.members.notices.models import Notice
from tests.signing_in import enter
from tests.world import World

pytestmark = pytest.mark.django_db


def page(client: Client, world: World, end: str = "") -> str:
    return client.get(f"/p/{world.partnership.slug}/give-and-receive/{end}").content.decode()


def test_an_empty_year_says_what_will_fill_it(world: World) -> None:
    Contribution.objects.all().delete()
    assert "it takes half a minute" in page(enter(Client(), world.alder.people["manager"]), world)


def test_no_page_ranks_schools(world: World) -> None:
    """However much each gave, and whatever the address asks for, the order is the alphabet's."""
    make.gift(world.partnership, world.alder.second, world.school, GiftKind.SUPPORT, amount="40")
    make.gift(world.partnership, world.school, world.alder.second, GiftKind.SUPPORT, amount="2")
    client = enter(Client(), world.alder.people["manager"])
    for end in ("", "?sort=given", "?sort=-received", "?year=2021-22"):
        names = re.findall(r'href="/p/[^"]+/give-and-receive/\d+/[^"]*">([^<]+)<', page(client, world, end))
        assert names == sorted(names) and len(names) == 2


def test_a_head_notes_what_happened_and_sees_it(world: World) -> None:
    client = enter(Client(), world.alder.people["member head"])
    answer = client.post(f"/p/{world.partnership.slug}/give-and-receive/note/", a_note(world), follow=True)
    assert "Noted: " in answer.content.decode()
    assert "half a day" in page(client, world, f"{world.school.urn}/")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"giver": "other", "receiver": "other"}, "one side is always a school"),
        ({"giver": "other"}, "Enter the name of who gave or received"),
        ({"amount": "half"}, "Enter a number"),
        ({"amount": "0.3"}, "in steps of 0.5"),
        ({"amount": "NaN"}, "Enter a number"),
        ({"on_year": "2023"}, "Enter a day that has been"),
        ({"giver": "nobody000000"}, "Select a valid choice"),
        ({"key": "x"}, "Load it again"),
    ],
)
def test_nonsense_is_told_beside_its_box(world: World, change: dict[str, str], words: str) -> None:
    client = enter(Client(), world.alder.people["manager"])
    before = Contribution.objects.count()
    answer = client.post(f"/p/{world.partnership.slug}/give-and-receive/note/", {**a_note(world), **change})
    assert words in answer.content.decode() and Contribution.objects.count() == before


def test_another_schools_sheet_is_not_in_mine(world: World) -> None:
    make.gift(world.partnership, world.school, world.alder.second, GiftKind.SUPPORT, amount="3")
    client = enter(Client(), world.alder.people["second head"])
    lines = b"".join(client.get(f"/p/{world.partnership.slug}/give-and-receive/sheet.csv").streaming_content).decode()
    assert world.alder.second.name in lines and world.school.name not in lines


def test_the_card_says_what_is_true_of_a_school_that_has_nothing_yet(world: World) -> None:
    Contribution.objects.all().delete()
    said = {
        key: gifts_stand(partnership=world.partnership, viewer=world.alder.standing(key)) for key in ("member head", "manager")
    }
    assert said["member head"] == "Nothing noted yet for your school in 2021/22: a visit or a day of help can be noted by hand"
    assert said["manager"].startswith("Nothing noted yet in 2021/22")
    make.gift(world.partnership, world.alder.second, world.school)
    assert gifts_stand(partnership=world.partnership, viewer=world.alder.standing("member head")) == "1 piece of work in 2021/22"


def test_the_sheet_holds_what_the_page_shows_with_its_facts(world: World) -> None:
    Contribution.objects.all().delete()
    make.gift(world.partnership, world.alder.second, world.school, GiftKind.SUPPORT, amount="3")
    client = enter(Client(), world.alder.people["second head"])
    answer = client.get(f"/p/{world.partnership.slug}/give-and-receive/sheet.csv")
    head, line = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert head.startswith("School,URN,Pupils,Times given,Gave,") and ",1,3 days (with 1 other)," in line and ",0,," in line


def test_the_other_school_hears_what_was_noted_and_nobody_twice(world: World) -> None:
    Notice.objects.all().delete()
    client, note = enter(Client(), world.alder.people["member head"]), a_note(world)
    for _ in range(2):
        client.post(f"/p/{world.partnership.slug}/give-and-receive/note/", note)
    (told,) = Notice.objects.all()
    head = world.alder.people["second head"]
    assert (told.person, told.to, told.kind) == (head.pk, head.email, "contributions.noted")
    what = f"{world.school.name} gave {world.alder.second.name}: a review or visit, half a day, on Monday 7 March 2022"
    assert what in told.body
    assert told.link == f"/p/{world.partnership.slug}/give-and-receive/{world.alder.second.urn}/"
