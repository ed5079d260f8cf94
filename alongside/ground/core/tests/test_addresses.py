import pytest

from alongside.ground.core.addresses import ANYBODYS, tidy_address, wrong_with_address


@pytest.mark.parametrize("text", ["a@b.example", "a.b+c@d-e.example", "n.o'brien@elm.example", "o'neil@elm.sch.uk"])
def test_what_may_be_an_address(text: str) -> None:
    assert not wrong_with_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "@b.example", "a@b", "a@@b.example", "a b@c.example", "=x@b.example", "a@b..example", "ä@b.example", ".a@b.example",
        "a.@b.example", "a..b@c.example", "a@-b.example", "a@b'c.example", f"{'a' * 65}@b.example", f"a@{'b' * 250}.uk",
        "Ada Lovelace <ada>", "Ada ada@oak.example", "<b>x</b>@oak.example",
    ],
)  # fmt: skip
def test_what_is_no_address(text: str) -> None:
    assert wrong_with_address(text) == "Enter an e-mail address like name@school.sch.uk"
    assert wrong_with_address(text, ANYBODYS) == "Enter an e-mail address like name@example.org"


@pytest.mark.parametrize(
    "text",
    [
        "a@d.example,c@d.example", "head@elm.example;office@elm.example", "a@b.example c@d.example", "a@d.example <c@d.example>",
        "A <a@d.example>, C <c@d.example>",
    ],
)  # fmt: skip
def test_two_addresses_in_one_cell_are_named(text: str) -> None:
    assert "two addresses" in wrong_with_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ada@Oak.example", " ada@oak.example. ", "<ada@oak.example>", "mailto:ada@oak.example", "ada@oak.example;",
        "Ada Lovelace <ada@oak.example>", "MAILTO:ada@oak.example", '"Lovelace, Ada" <Ada@Oak.example>;',
        "Ada <mailto:ada@oak.example>", "ada@oak.example <mailto:ada@oak.example>", "[ada@oak.example](mailto:ada@oak.example)",
        "ada@oak.example (Ada Lovelace)", "mailto:ada@oak.example?subject=Hello%20there", "E-mail: ada@oak.example",
        "'ada@oak.example'", "“ada@oak.example”", "Lovelace, Ada (Oak) <ada@oak.example>", "ａｄａ＠ｏａｋ.example",
        "Ada Lovelace [ada@oak.example]", "<mailto:ada@oak.example>",
    ],
)  # fmt: skip
def test_an_address_is_taken_as_it_was_meant(text: str) -> None:
    assert tidy_address(text) == "ada@oak.example"
