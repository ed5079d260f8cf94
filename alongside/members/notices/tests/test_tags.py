"""An answer is known by the address that it goes to, or by the messages that it refers to."""

import pytest

from alongside.members.notices.rules.tags import keys_in, keys_of, proof_of, tagged

KEY, OTHER, SECRET, DOOR = "0123456789ab", "ba9876543210", "not a secret", "answers@schools.example.org"


@pytest.mark.parametrize(
    ("addresses", "found"),
    [
        ([tagged(DOOR, KEY, SECRET)], [KEY]),
        ([tagged(DOOR, KEY, SECRET).upper()], [KEY]),
        (["head@oak.example", tagged(DOOR, KEY, SECRET)], [KEY]),
        ([tagged(DOOR, one, SECRET) for one in (KEY, OTHER, KEY)], [KEY, OTHER]),
        ([tagged(DOOR, KEY, SECRET).replace("@", "\udcff@")], []),  # as a byte comes that is no letter
        ([f"answers+{KEY}@schools.example.org"], []),
        ([f"answers+{KEY}{proof_of(KEY, 'another')}@schools.example.org"], []),
        ([tagged("office@schools.example.org", KEY, SECRET)], []),
        ([tagged("answers@elsewhere.example", KEY, SECRET)], []),
        ([DOOR], []),
        ([tagged(DOOR, "!" * len(KEY), SECRET)], []),
        (["answers+é@schools.example.org"], []),
        ([], []),
    ],
)
def test_an_address_tells_what_it_answers_only_if_we_gave_it(addresses: list[str], found: list[str]) -> None:
    assert keys_in(addresses, DOOR, SECRET) == found


def test_the_last_message_that_it_refers_to_is_the_one_that_it_answers() -> None:
    about = ["<0123456789ab@x.example>", "<CAF@mail.example>", "<BA9876543210@X.example>", "<0123456789ab@y.example>"]
    assert keys_of(about, "x.example") == ["ba9876543210", "0123456789ab"] and keys_of([], "x.example") == []
    assert keys_of(["<0123456789ab@x.example>", "<CAF@mail.example>"], "x.example") == ["0123456789ab"]
