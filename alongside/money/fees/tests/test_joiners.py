"""Who joins late is told which year's fee is asked."""

from datetime import date

import pytest

from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.ground.web import declared
from alongside.members.partnerships.queries import mark_now
from alongside.money.budget.models import FeeYear
from alongside.money.fees.actions import issuing, year_two
from alongside.money.fees.queries.due import preview_issue
from alongside.money.fees.rules.settings import FeeSettings
from alongside.money.fees.tests import make
from alongside.money.fees.tests.years import APRIL, MARCH, MINUTE, issue, opened
from alongside.money.invoices.models.invoices import Invoice
from alongside.money.invoices.tests.make import claim

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 4, 1)]


def test_a_joiner_begins_with_the_latest_year_that_was_opened_before() -> None:
    of = make.issued(1)[0].partnership
    assert declared.told("joining", partnership=of, viewer=make.SYSTEM) == ["The fee begins with year 1: £1,500."]
    with clock.at(clock.start_of(date(2023, 3, 31), 9)):
        second = claim(of, words="Fee for year 2")
        FeeYear.objects.create(partnership=of, claim=second, number=2, amount=140_000, opened_at=clock.now())
        assert declared.told("joining", partnership=of, viewer=make.SYSTEM) == ["The fee begins with year 1: £1,500."]
    with clock.at(clock.start_of(date(2023, 4, 17), 9)):
        told = declared.told("joining", partnership=of, viewer=make.SYSTEM)
    assert told == ["The fee begins with year 2: £1,400. Earlier years are not asked for."]


def test_before_a_year_is_opened_nothing_is_said() -> None:
    assert declared.told("joining", partnership=make.partnership(), viewer=make.SYSTEM) == []


def test_a_school_that_joins_after_year_2_was_opened_begins_with_it_and_gets_no_cut() -> None:
    of = opened(2)
    with clock.at(APRIL):
        make.sign(of, make.school(900_700, "Joined in April"), from_on=date(2023, 4, 3))
        year_two.agree_reduction(key=keys.new_key(), partnership=of, each=10_000, **MINUTE, seen=UNSEEN, by=make.office(of))
        _, first = preview_issue(of, 1, viewer=make.office(of))
        assert [one.why for one in first.not_due if one.urn == 900_700] == ["Joined later: begins with year 2"]
        assert sorted(issue(of)) == [140_000, 140_000, 150_000]


@pytest.mark.parametrize(("setting", "totals"), [("yes", [140_000] * 3), ("no", [140_000, 140_000, 150_000])])
def test_whether_a_joiner_gets_the_cut_is_a_setting(setting: str, totals: list[int]) -> None:
    of = opened(2)
    with clock.at(APRIL):
        make.sign(of, make.school(900_700, "Joined in April"), from_on=date(2023, 4, 3))
        year_two.settle_joiners(
            partnership=of,
            joiner_cut=setting,
            joiner_fee="full",
            year_two_on=None,
            evaluation_from="sign-up",
            version=mark_now(of, FeeSettings, year_two.JOINING),
            by=make.office(of),
        )
        year_two.agree_reduction(key=keys.new_key(), partnership=of, each=10_000, **MINUTE, seen=UNSEEN, by=make.office(of))
        assert sorted(issue(of)) == totals


def test_a_school_that_joins_during_year_1_pays_by_the_month_where_that_is_settled_and_shares_the_cut() -> None:
    of = make.issued(1)[0].partnership
    with clock.at(clock.start_of(date(2023, 2, 6), 12)):
        make.sign(of, make.school(900_700, "Joined in February"), from_on=date(2023, 2, 6))
        year_two.settle_joiners(
            partnership=of,
            joiner_cut="share",
            joiner_fee="pro rata",
            year_two_on=None,
            evaluation_from="support",
            version=mark_now(of, FeeSettings, year_two.JOINING),
            by=make.office(of),
        )
        issuing.issue_invoices(partnership=of, key=keys.new_key(), number=1, seen=UNSEEN, by=make.office(of))
        assert Invoice.objects.get(school_urn=900_700).total == 87_500, "seven months of twelve"
    with clock.at(MARCH):
        year_two.open_next_year(partnership=of, by=make.office(of))
        year_two.agree_reduction(key=keys.new_key(), partnership=of, each=12_000, **MINUTE, seen=UNSEEN, by=make.office(of))
    with clock.at(APRIL):
        assert issue(of) == [138_000, 143_000]
