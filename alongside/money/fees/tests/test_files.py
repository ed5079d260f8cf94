"""Lists about money as files: they hold what their pages show."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.money.fees.tests import make
from alongside.money.invoices.actions import payments, reminders
from alongside.money.invoices.tests.make import as_office, room, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 4, 1)]


def lines(client: Client, address: str) -> list[str]:
    """The lines of a CSV file."""
    return b"".join(client.get(address).streaming_content).decode("utf-8-sig").splitlines()


def test_who_owes_what_is_a_file_of_the_rows_that_the_page_was_asked_for() -> None:
    first, *_ = make.issued(3)
    of = first.partnership
    payments.record_payment(
        invoice=first, key=keys.new_key(), amount=150_000, paid_on=date(2022, 4, 1), method="cheque", by=make.SYSTEM
    )
    client = as_office(of)
    head, *rows = lines(client, room(of) + "owed.csv")
    assert head == "URN,School,Payer,Number,Due,Amount,Paid,Owed,Status" and len(rows) == 3
    assert "900001,Elm Grove Primary,Elm Grove Primary,ELP-0001,2022-05-03,1500.00,1500.00,,Paid" in rows
    assert len(lines(client, room(of) + "owed.csv?show=owed&words=harefield")) == 2
    page = words_of(client, room(of) + "?show=owed")
    assert "/fees/owed.csv?show=owed" in page and "as=xlsx" in page
    assert client.get(room(of) + "owed.csv?as=xlsx").headers["Content-Disposition"].endswith('.xlsx"')


def test_the_run_is_a_file_of_who_gets_one_and_who_none() -> None:
    of = make.ready(2)
    make.sign(of, make.school(900_700, "Only beside"), kind=make.Belonging.ASSOCIATE)
    head, *rows = lines(as_office(of), room(of) + "issue/who.csv")
    assert head == "URN,School,Who pays,Sent to,Purchase order,Amount,Gets none"
    assert rows[0] == "900001,Elm Grove Primary,Elm Grove Primary,,,1500.00," and len(rows) == 3
    assert rows[-1] == "900700,Only beside,,,,,Associate: no fee"


def test_reminders_and_lines_that_ask_finance_are_files(django_capture_on_commit_callbacks: Callable[..., object]) -> None:
    of = make.issued(2)[0].partnership
    client = as_office(of)
    assert lines(client, room(of, "books") + "vat.csv")[1].startswith('ELP-0001,Elm Grove Primary,"Membership of')
    with clock.at(clock.start_of(date(2022, 5, 9), 12)):
        coming = lines(client, room(of, "invoices") + "reminders/to-come.csv")
        assert (
            coming[0] == "Day,School,Number,What,Owed" and coming[1] == "2022-05-10,Elm Grove Primary,ELP-0001,Reminder,1500.00"
        )
        reminders.send_reminders(partnership=of, seen=UNSEEN, by=make.SYSTEM)
        taken = lines(client, room(of, "invoices") + "reminders/taken.csv")
        assert taken == ["Day,School,What,To"], "without an address they wait for somebody to ring"
