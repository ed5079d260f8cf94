"""A link that was used, or whose school has answered, says how the school stands; what the slower of two typed is not lost."""

from datetime import date
from typing import Any

import pytest

from alongside.ground.core import keys
from alongside.ground.core.standing import Post
from alongside.members.membership.actions import answering, signing
from alongside.members.membership.rules.answers import AnswerKind, AnswerState
from alongside.members.membership.rules.outlook import Case, answer_in_words
from alongside.members.membership.tests import make
from alongside.members.partnerships.models import Partnership
from alongside.members.people.actions import invitations as people
from alongside.members.people.models import Invitation
from alongside.members.people.rules.roles import Purpose
from alongside.members.schools.models import School

S = AnswerState


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (Case(S.SIGNED, signed_by="the head", signed_on=date(2022, 3, 8)), "Signed by the head on Tuesday 8 March 2022."),
        (Case(S.SUBJECT, subject_to="trust", subject_on=date(2022, 3, 15)), "Oak has said yes, subject to its trust on"),
        (Case(S.SUBJECT, subject_to="governors"), "Oak has said yes, subject to its governors."),
        (Case(S.QUESTION, question="Why?"), "Oak has asked a question, and the office answers by e-mail."),
        (Case(S.DECLINED), "Oak has said “not this time”; it is welcome whenever it suits."),
        (Case(S.READING, withdrew_on=date(2022, 3, 9)), "Oak signed, then withdrew on Wednesday 9 March 2022."),
        (Case(S.NO_REPLY), "Oak has not answered yet."),
    ],
)  # fmt: skip
def test_how_a_school_stands_is_told_in_a_sentence(case: Case, words: str) -> None:
    assert answer_in_words(case, "Oak").startswith(words)


@pytest.fixture
def ash(place: Partnership, tuesday: None) -> School:
    return make.asked(place, 1)[0]


def link(place: Partnership, ash: School, email: str = "head@ash.example") -> str:
    invited = {"school": ash, "partnership": place, "purpose": Purpose.MEMBERSHIP}
    return f"/p/{place.slug}/answer/{people.invite(email=email, post=Post.HEAD, **invited, by=make.SYSTEM)[1]}/"


def by_link(place: Partnership, **words: Any) -> dict[str, Any]:
    given = {"name": "Dr Ann Okoro", "post": "head", "authority": "governing_body", "confirm": "on", "key": keys.new_key()}
    day = {f"authority_on_{part}": getattr(make.TODAY, part) for part in ("day", "month", "year")}
    return {**given, **day, "text_hash": make.newest(place).text_hash, **words}


@pytest.mark.parametrize("query", ["", "?choice=sign", "?choice=decline", "?choice=read", "pass-on/"])
def test_the_link_of_a_school_that_has_signed_says_who_and_when(place: Partnership, ash: School, query: str) -> None:
    address = link(place, ash)
    make.read(make.browser().post(f"{address}?choice=sign", by_link(place), follow=True))
    page = make.read(make.browser().get(address + query))
    assert "Ash School 1 has signed" in page and "Signed by Dr Ann Okoro, Headteacher, on Tuesday 8 March 2022." in page
    assert "fresh link" not in page and "cannot be used" not in page


def test_a_link_that_nobody_has_used_says_so_too_when_its_school_has_signed_otherwise(place: Partnership, ash: School) -> None:
    address = link(place, ash)
    make.signed(place, ash, by=make.head(ash), name="The Chair", post="Chair of governors")
    page = make.read(make.browser().get(f"{address}?choice=sign"))
    assert "Signed by The Chair, Chair of governors, on" in page and "<form" not in page.split("</header>")[1]
    assert "Your question" in make.read(make.browser().get(f"{address}?choice=question")), "a question is still open to it"


def test_nobody_is_offered_a_form_on_ones_own_page_of_a_school_that_has_signed(place: Partnership, ash: School) -> None:
    head = make.head(ash)
    make.signed(place, ash, by=head)
    for choice in ("sign", "subject", "decline"):
        page = make.read(make.browser(head).get(f"/p/{place.slug}/membership/answer/{ash.urn}/?choice={choice}"))
        assert "Ash School 1 has signed" in page and "When do they meet" not in page


TYPED: dict[str, tuple[dict[str, Any], list[str]]] = {
    "question": ({"question": "Who votes for us?"}, ["Who votes for us?"]),
    "decline": ({"reason": "We are merging first."}, ["We are merging first."]),
    "subject": (
        {"subject_to": "trust", "subject_on_day": 15, "subject_on_month": 3, "subject_on_year": 2022},
        ["Our trust", "Tuesday 15 March 2022"],
    ),
}


@pytest.mark.parametrize("choice", TYPED)
@pytest.mark.parametrize("first", [AnswerKind.SIGN, AnswerKind.QUESTION])
def test_the_slower_of_two_on_one_link_reads_who_answered_what_and_keeps_what_they_typed(
    place: Partnership, ash: School, choice: str, first: AnswerKind
) -> None:
    address, quick = link(place, ash), {"name": "Dr Ann Okoro", "post": "head", "question": "Why?", "key": keys.new_key()}
    quick = by_link(place) if first is AnswerKind.SIGN else quick
    make.read(make.browser().post(f"{address}?choice={first}", quick, follow=True))
    words, kept = TYPED[choice]
    late = make.browser().post(f"{address}?choice={choice}", {"name": "Bo Lee", "post": "head", "key": keys.new_key(), **words})
    page = " ".join(late.content.decode().split())
    assert late.status_code == 409 and "What you typed was not sent" in page
    assert all(one in page for one in ["Bo Lee", *kept])
    assert ("Signed by Dr Ann Okoro" if first is AnswerKind.SIGN else "Dr Ann Okoro answered with it on") in page
    assert first is AnswerKind.SIGN or "has asked a question" in page


def test_who_is_overtaken_between_the_page_and_the_deed_keeps_it_too(
    place: Partnership, ash: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, deed = link(place, ash), answering.answer_by_link

    def overtaken(**said: Any) -> Any:
        quick = {"name": "Ann", "subject_to": "trust", "subject_on": date(2022, 3, 15)}
        deed(**{**said, "choice": AnswerKind.SUBJECT, "words": quick, "post": Post.HEAD})
        return deed(**said)

    monkeypatch.setattr(answering, "answer_by_link", overtaken)
    late = make.browser().post(f"{address}?choice=decline", {"name": "Bo Lee", "post": "head", "reason": "Not now, thanks"})
    assert (
        late.status_code == 409 and "Not now, thanks" in late.content.decode() and "subject to its trust" in late.content.decode()
    )


def test_two_signed_in_at_once_the_slower_keeps_what_they_typed(place: Partnership, ash: School) -> None:
    first, second = make.head(ash), make.person("The Chair", Post.GOVERNOR_CHAIR, school=ash)
    make.signed(place, ash, by=first, name="A. Khan")
    late = make.browser(second).post(
        f"/p/{place.slug}/membership/answer/{ash.urn}/?choice=decline", {"name": "B", "reason": "Too dear"}
    )
    assert late.status_code == 409 and "Too dear" in late.content.decode() and "A. Khan" in late.content.decode()


def test_a_link_that_was_withdrawn_says_nothing_of_the_school(place: Partnership, ash: School) -> None:
    address = link(place, ash, "mistyped@else.example")
    people.cancel_invitation(invitation=Invitation.objects.get(), by=make.SYSTEM)
    make.signed(place, ash, by=make.head(ash), name="Ann Okoro")
    page = make.browser().get(address)
    assert page.status_code == 410 and "Ann Okoro" not in page.content.decode() and "was withdrawn" in page.content.decode()


def test_after_a_signature_is_withdrawn_the_link_says_that(place: Partnership, ash: School) -> None:
    address, head = link(place, ash), make.head(ash)
    make.read(make.browser().post(f"{address}?choice=sign", by_link(place), follow=True))
    signing.withdraw(partnership=place, school=ash, by=head)
    page = make.browser().get(address)
    assert page.status_code == 410 and "signed, then withdrew on Tuesday 8 March 2022" in page.content.decode()


def test_who_is_signed_in_as_somebody_else_reads_that_before_the_form(place: Partnership, ash: School) -> None:
    address, office = link(place, ash), make.browser(make.manager(place))
    for query in ("", "?choice=sign", "?choice=question"):
        page = make.read(office.get(address + query))
        assert "You are signed in as somebody else: Manager of Elthorne Learning Partnership" in page
        assert "came to head@ash.example" in page and "Your name" not in page and f'value="{address}"' in page
    assert "Sign now" in make.read(office.post("/logout/", {"next": address}, follow=True)), "signing out opens the link"


def test_the_chair_who_opens_the_heads_link_answers_on_a_page_of_their_own(place: Partnership, ash: School) -> None:
    chair = make.browser(make.person("The Chair", Post.GOVERNOR_CHAIR, school=ash))
    assert chair.get(link(place, ash))["Location"] == f"/p/{place.slug}/membership/answer/{ash.urn}/"
