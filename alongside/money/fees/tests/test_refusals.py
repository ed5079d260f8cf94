from datetime import date

import pytest

from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.standing import Post
from alongside.ground.core.verdict import Conflict, Invalid, Refused, no
from alongside.members.partnerships.models import Membership
from alongside.money.bank import actions as bank
from alongside.money.books import actions as books
from alongside.money.fees.actions import issuing, liability, year_two
from alongside.money.fees.rules.settings import FeeSettings
from alongside.money.fees.tests import make
from alongside.money.invoices.actions import corrections, held, payments, reminders
from alongside.money.invoices.models.invoices import Invoice, Payment
from alongside.money.invoices.tests.make import as_school, room, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 5, 3)]


def pay(invoice: Invoice, amount: int) -> Payment:
    """A payment."""
    made = payments.record_payment(invoice=invoice, key=keys.new_key(), amount=amount, paid_on=clock.today(), by=make.SYSTEM)
    invoice.refresh_from_db()
    return made


@pytest.mark.parametrize("post", [Post.HEAD, Post.BUSINESS_MANAGER, Post.TRUST_OFFICER])
def test_a_school_may_not_correct_money(post: Post) -> None:
    invoice = make.issued(1)[0]
    payment, of = pay(invoice, 5), invoice.partnership
    account = held.hold_money(
        partnership=of, school=invoice.school, key=keys.new_key(), amount=500, received_on=clock.today(), by=make.SYSTEM
    ).account
    who, key = make.in_school(of, invoice.school, post), keys.new_key()
    for deed in (
        lambda: corrections.issue_credit_note(invoice=invoice, key=key, amount=1, reason="x", seen=UNSEEN, shown=UNSEEN, by=who),
        lambda: corrections.let_off_debt(invoice=invoice, key=key, kind="waived", amount=1, reason="x", by=who),
        lambda: held.free_payment(payment=payment, reason="x", by=who),
        lambda: held.use_held_money(account=account, invoice=invoice, key=key, amount=1, by=who),
        lambda: held.refund_money(account=account, key=key, amount=1, paid_on=clock.today(), reference="x", by=who),
        lambda: held.note_never_came(account=account, key=key, amount=1, reason="x", by=who),
        lambda: held.hold_money(partnership=of, school=invoice.school, key=key, amount=1, received_on=clock.today(), by=who),
        lambda: books.settle_vat_code(partnership=of, code="exempt", words="x", by=who),
        lambda: books.export_xero(partnership=of, by=who),
        lambda: books.export_sage(partnership=of, by=who),
        lambda: books.export_double_entry(partnership=of, by=who),
        lambda: bank.read_bank_file(partnership=of, key=key, name="x", text="", by=who),
        lambda: reminders.send_reminders(partnership=of, seen=UNSEEN, by=who),
    ):
        with pytest.raises(Refused):
            deed()


def test_a_school_sees_its_own_statement_and_credit_note_and_presses_nothing() -> None:
    mine, other = make.issued(2)
    corrections.issue_credit_note(
        invoice=mine, key=keys.new_key(), amount=100, reason="r", seen=UNSEEN, shown=UNSEEN, by=make.SYSTEM
    )
    client, at = as_school(mine), f"{room(mine.partnership, 'invoices')}statement/"
    page = words_of(client, f"{at}{mine.school_urn}/")
    assert "ELP-C-0001" in page and "Money came in for no invoice" not in page
    assert client.get(f"{at}{other.school_urn}/").status_code in {403, 404}
    assert client.get(f"{room(mine.partnership, 'invoices')}ELP-0001/ELP-C-0001.pdf").content.startswith(b"%PDF")
    for path in (
        "invoices/aged-debt/",
        "bank/",
        "invoices/reminders/",
        "books/",
        "books/vat/",
        f"invoices/statement/{mine.school_urn}/refund/",
    ):
        assert client.get(f"/p/{mine.partnership.slug}/{path}").status_code == 403, path


MINUTE = {"body": "Board", "decided_on": date(2022, 5, 2), "reference": "PB 1"}


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"outcome": "perhaps"}, "Choose what was decided"),
        ({"outcome": "transferred", "payer_name": " "}, "Enter who takes the fee over"),
        ({"outcome": "due"}, "has been waived already"),
    ],
)
def test_what_was_decided_of_a_schools_fee_is_one_of_three_and_never_takes_back_what_it_was_let_off(
    said: dict[str, str], why: str
) -> None:
    invoice = make.issued(1)[0]
    of = {"partnership": invoice.partnership, "school": invoice.school, "year": 1, "seen": UNSEEN, **MINUTE, "by": make.SYSTEM}
    liability.settle_liability(**of, outcome="waived", key=keys.new_key())
    with pytest.raises((Invalid, Conflict), match=why):
        liability.settle_liability(**of, **said, key=keys.new_key())
    Membership.objects.all().delete()
    with pytest.raises(Conflict, match="has not been a member"):
        liability.settle_liability(**of, outcome="waived", key=keys.new_key())


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({}, "Enter what the board gives back"),
        ({"each": 150_001}, "no more than that can be taken off"),
        ({"each": 1, "number": 2}, "has not been opened yet"),
    ],
)
def test_a_cut_says_how_much_of_a_fee_that_is_asked_for(said: dict[str, int], why: str) -> None:
    of = make.issued(1)[0].partnership
    with pytest.raises((Invalid, Conflict), match=why):
        year_two.agree_reduction(
            partnership=of, **{"number": 1, **said}, **MINUTE, seen=UNSEEN, key=keys.new_key(), by=make.SYSTEM
        )


@pytest.mark.parametrize("name", ["joiner_cut", "joiner_fee", "evaluation_from"])
def test_how_joiners_are_asked_is_one_of_the_answers(name: str) -> None:
    of, now = make.issued(1)[0].partnership, FeeSettings()
    said = {one: getattr(now, one) for one in ("joiner_cut", "joiner_fee", "evaluation_from")} | {name: "perhaps"}
    with pytest.raises(Invalid, match="one of the answers"):
        year_two.settle_joiners(partnership=of, **said, year_two_on=None, version="", by=make.SYSTEM)


def test_nothing_is_said_of_the_set_up_to_who_may_not_see_to_it_and_nothing_is_charged_that_may_not_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    of = make.ready(1)
    stranger = make.office(make.partnership("Another"))
    with pytest.raises(Refused):
        issuing.set_up_fees(partnership=of, settings=FeeSettings(issuer="nobody"), version="", by=stranger)
    monkeypatch.setattr(issuing, "may_charge", lambda *_, **__: no("Not this"))
    with pytest.raises(Refused, match="Not this"):
        issuing.issue_invoices(partnership=of, key=keys.new_key(), seen=UNSEEN, by=make.SYSTEM)
