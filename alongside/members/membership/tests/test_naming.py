"""A name is told from a job title."""

import pytest

from alongside.ground.core.standing import Post
from alongside.members.membership.rules.naming import is_a_post


@pytest.mark.parametrize(
    "words",
    [
        *(post.label for post in Post),
        "Head of Foxglove Bank Primary",
        "The Headteacher",
        "head teacher",
        "Acting Head, Ash School",
        "Trust officer, Yeadmoor Learning Trust",
        "Chair of governors",
        "Business manager of Ickenden Primary",
        "Headteacher at Ash",
        "Interim executive head",
        "Deputy  Head",
        "School office",
        "The Bursar (Ash School)",
        "Principal – Ash Academy",
        "CEO",
    ],
)
def test_a_job_title_is_nobody_s_name(words: str) -> None:
    assert is_a_post(words)


@pytest.mark.parametrize(
    "words",
    [
        "Ann Head",
        "A. Head",
        "Dr Ann Okoro",
        "Sir Martin Chair",
        "Priya Marlowe, head of Ash",
        "Bo Principal",
        "Clerkson",
        "",
        "Theodora Manager",
        "Mr Bishop",
        "Officer Dibble",
        "Co Nguyen",
    ],
)
def test_a_name_is_a_name_whatever_it_is_like(words: str) -> None:
    assert not is_a_post(words)
