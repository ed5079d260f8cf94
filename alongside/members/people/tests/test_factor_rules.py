"""What counts as a second factor, who is to have one, and how a browser is called."""

import pytest

from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.tests.make import usual
from alongside.members.people.rules import second_factor
from alongside.members.posts.tests.make import OF_OFFICES


def somebody(post: Post, place: str) -> Standing:
    where = {"school": place} if place.startswith("s") else {"partnership": place}
    return Standing("me", "Me", frozenset({usual(post, **where)}), frozenset({("p1", place)} if place == "s1" else ()))


@pytest.mark.parametrize(
    ("given", "now", "fresh"),
    [(None, 0.0, False), (0.0, 0.0, True), (0.0, 28_799.0, True), (0.0, 28_800.0, False), (10.0, 5.0, False)],
)
def test_a_second_factor_counts_for_eight_hours(given: float | None, now: float, fresh: bool) -> None:
    assert second_factor.is_proof_fresh(given, now, 8 * 60 * 60) is fresh


@pytest.mark.parametrize("post", Post)
def test_whoever_works_in_an_office_sets_up_a_second_factor(post: Post) -> None:
    assert second_factor.is_to_have_one(somebody(post, "p1" if post in OF_OFFICES else "s1")) is (post in OF_OFFICES)
    assert not second_factor.is_to_have_one(Standing("me"))


@pytest.mark.parametrize(
    ("own_password", "stronger", "office", "may"),
    [
        (True, False, False, True),
        (False, False, False, False),
        (True, True, False, False),
        (True, False, True, False),
        (False, True, True, False),
    ],
)
def test_a_mailed_code_counts_beside_an_own_password_only(own_password: bool, stronger: bool, office: bool, may: bool) -> None:
    verdict = second_factor.can_use_mailed_code(own_password, stronger, office)
    assert verdict.allowed is may and (may or verdict.reason)


@pytest.mark.parametrize(
    ("email", "verified", "domain", "vouches"),
    [
        ("ada@gmail.com", True, "", True),
        ("ada@oak.sch.uk", True, "oak.sch.uk", True),
        ("ada@OAK.sch.uk", True, "oak.SCH.uk", True),
        ("ada@oak.sch.uk", True, "", False),
        ("ada@oak.sch.uk", True, "sch.uk", False),
        ("ada@oak.sch.uk", False, "oak.sch.uk", False),
        ("ada@gmail.com.evil.example", True, "", False),
        ("", True, "", False),
    ],
)
def test_google_vouches_for_the_mailboxes_it_runs(email: str, verified: bool, domain: str, vouches: bool) -> None:
    assert second_factor.does_google_vouch(email, verified, domain) is vouches


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (like Gecko) Chrome/120.0 Edg/120.0", "Edge on Windows"),
        ("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) Chrome/120.0 Safari/537.36", "Chrome on a Chromebook"),
        ("Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) CriOS/120.0 Safari/604.1", "Chrome on an iPad"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14.0; rv:120.0) Gecko Firefox/120.0", "Firefox on a Mac"),
        ("Firefox/120.0", "Firefox"),
        ("Mozilla/5.0 (Windows NT 10.0)", "Windows"),
        ("curl/8.5", "A browser that does not say what it is"),
        ("", "A browser that does not say what it is"),
    ],
)  # fmt: skip
def test_a_browser_is_called_as_one_would_say_it(agent: str, words: str) -> None:
    assert second_factor.device_words(agent) == words
