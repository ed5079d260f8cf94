"""What erases, publishes or takes somebody off asks once more, and says what it does."""

from datetime import date
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from alongside.deciding.recruitment.actions import vacancies
from alongside.deciding.recruitment.models import Application, PanelMember, Tie, Vacancy
from alongside.deciding.recruitment.rules.vacancies import erased_with, missing_before
from alongside.deciding.recruitment.tests.make import OPENS, SAID, Competition, apply, put_on_panel
from alongside.deciding.recruitment.tests.test_pages import at, signed_in
from alongside.ground.core import clock, keys

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 4, 25)]


@pytest.fixture
def there() -> Competition:
    return Competition()


def reads(client: Client, address: str) -> str:
    return " ".join(unescape(client.get(address).content.decode()).split())


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ((["your address"], 0, [], False, False), ["Of you: your address."]),
        ((["your name", "your address"], 2, ["interests"], True, True),
         ["Of you: your name and your address.", "What you wrote: 2 answers and interests.",
          "That you sent it in, and how the panel scored it.", "The time of your interview: it is free for others then."]),
    ],
)  # fmt: skip
def test_what_goes_with_an_application_is_named(facts: tuple[list[str], int, list[str], bool, bool], said: list[str]) -> None:
    assert erased_with(*facts) == said


@pytest.mark.parametrize(
    ("panel", "asks_nothing", "words"),
    [(2, False, []), (0, False, ["Nobody is on the panel yet"]), (1, True, ["Only 1 person is", "No question on independence"])],
)
def test_what_is_missing_before_an_advert_is_published_is_named(panel: int, asks_nothing: bool, words: list[str]) -> None:
    found = missing_before(panel, asks_nothing)
    assert len(found) == len(words) and all(one.startswith(said) for one, said in zip(found, words, strict=True))


def test_an_application_is_erased_by_the_second_press(there: Competition, client: Client) -> None:
    own = at("application", there, there.ann.link)
    page = reads(client, own)
    assert f'href="{own}withdraw/"' in page and f'action="{own}withdraw/"' not in page
    look = reads(client, f"{own}withdraw/")
    assert "Of you: your name and your address." in look and "Yes, erase it" in look and "No, go back" in look
    assert "What you wrote: 2 answers, interests, referees and what you said on independence." in look
    assert Application.objects.filter(pk=there.ann.pk).exists()
    assert "Withdrawn. All that you wrote is erased." in client.post(f"{own}withdraw/", follow=True).content.decode()
    assert not Application.objects.filter(pk=there.ann.pk).exists()
    Vacancy.objects.update(tenure="0" * 12)
    assert client.get(at("withdraw", there, there.bea.link)).status_code == 409


def test_a_member_of_the_panel_and_a_tie_are_taken_off_by_the_second_press(there: Competition) -> None:
    there.declare(0, there.ann)
    runs, head = signed_in(there.manager.person), signed_in(there.board.heads["Elm"].person)
    member, tie = there.members[0], Tie.objects.get(is_tied=True)
    for page, key, words in (
        ("end_on_panel", member.pk, f"Take {member.name} off the panel?"),
        ("lift_tie", tie.pk, "What Oak’s head said of it is erased: “My sister”."),
    ):
        assert words in reads(runs, at(page, there, key)), page
        assert head.get(at(page, there, key)).status_code in {403, 404}, page
    assert PanelMember.objects.filter(ended_on=None).count() == 3 and Tie.objects.filter(is_tied=True).exists()
    runs.post(at("lift_tie", there, tie.pk))
    runs.post(at("end_on_panel", there, member.pk))
    assert PanelMember.objects.filter(ended_on=None).count() == 2 and not Tie.objects.filter(is_tied=True).exists()


def test_an_advert_is_read_as_everybody_will_read_it_before_it_is_published(there: Competition) -> None:
    with clock.at(clock.start_of(OPENS, 9)):
        Vacancy.objects.all().delete()
        draft = vacancies.add_vacancy(seat=there.board.seat("Independent chair"), said=SAID, key=keys.new_key(), by=there.manager)
        runs, everybody = signed_in(there.manager.person), Client()
        page, publish = at("competition", there, draft.pk), at("publish", there, draft.pk)
        for address in (page, publish):
            shown = reads(runs, address)
            for words in ("Six meetings a year.", "Chairs meetings well", "Are you employed by a member school?"):
                assert words in shown, (address, words)
        assert f'href="{publish}"' in reads(runs, page) and f'action="{publish}"' not in reads(runs, page)
        assert "Nobody is on the panel yet" in reads(runs, publish) and "How to apply, and how we choose" in reads(runs, publish)
        assert Vacancy.objects.get().published_on is None
        for name in ("Lee", "Pat"):
            put_on_panel(draft, there.manager, name=name, email=f"{name.lower()}@council.example")
        assert "Still missing" not in reads(runs, publish)
        assert "Published: applications are taken until" in runs.post(publish, follow=True).content.decode()
        advert = reads(everybody, at("advert", there, draft.pk))
        assert "Six meetings a year." in advert and "How to apply, and how we choose" in advert
        assert Vacancy.objects.get().published_on == date(2022, 3, 22)


def test_who_has_written_nothing_finds_the_button_before_everything_else(there: Competition, client: Client) -> None:
    with clock.at(clock.start_of(OPENS, 12)):
        new = apply(there.vacancy, "New", sends=False, answers=["", "", ""], referees="", interests="", independence=[""])
        page = reads(client, at("application", there, new.link))
        write = at("write_application", there, new.link)
        assert page.index(write) < page.index("What you wrote") and "Nothing said." not in page
        assert "You say something on 3 criteria, answer 1 question on independence" in page
        form = reads(client, write)
        assert form.index("<textarea") < form.index('class="mb-sticky"') < form.index("</form>", form.index("<textarea"))
        wrong = client.post(at("apply", there), {"email": "nobody"}).content.decode()
    assert "Enter an e-mail address like name@example.org" in wrong and "sch.uk" not in wrong
    page = reads(client, at("application", there, there.ann.link))
    assert "Nothing said." in page, "what was sent stands there whole"
    assert reverse("recruitment:withdraw", args=[there.partnership.slug, there.ann.link]) in page
