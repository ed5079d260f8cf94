from typing import Any

import pytest

from alongside.members.partnerships.rules import Template
from alongside.money.fees.rules.charges import covers
from alongside.money.fees.rules.issuing import fee_line, why_no_invoice
from alongside.money.fees.rules.liability import shown_decision
from alongside.money.fees.rules.settings import FeeSettings


def test_the_default_fee_is_1500_pounds_and_says_that_it_covers_everything() -> None:
    settings = FeeSettings.for_template(Template.LEARNING)
    line = fee_line("Elthorne", 1, settings.year_one_fee, "September 2022 to August 2023", settings.vat_code)
    assert (line.net, line.vat, line.vat_code) == (150_000, 0, "ask finance")
    assert "covers all of the partnership’s support" in line.words and "Nothing" in covers()


@pytest.mark.parametrize(
    ("case", "why"),
    [
        ({}, ""),
        ({"invoiced_as": "ELP-0001"}, "Has ELP-0001 already"),
        ({"owes": False}, "Has left"),
        ({"owes": False, "begins": 2}, "Joined later: begins with year 2"),
        ({"waived": "Board, 13 March 2023, PB 23/07"}, "Waived: Board, 13 March 2023, PB 23/07"),
        ({"signed": False}, "Has not signed"),
        ({"kind": "asked", "signed": False}, "Has not signed"),
        ({"kind": "associate"}, "Associate: no fee"),
    ],
)
def test_who_gets_no_invoice_and_why(case: dict[str, Any], why: str) -> None:
    assert why_no_invoice(**{"kind": "member", "signed": True, "invoiced_as": ""} | case) == why


def test_a_page_shows_which_decision_stands_or_that_none_does() -> None:
    assert shown_decision("", 3).words == "that nothing was decided" != shown_decision("PB 1", 3).words == "PB 1"
