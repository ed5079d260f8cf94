"""A school that leaves is told before it does which invoices stand."""

from datetime import date

import pytest
from django.test import Client

from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Post
from alongside.ground.web import declared
from alongside.members.membership.tests import make as membership
from alongside.members.people.models import Person
from alongside.money.invoices.actions import payments
from alongside.money.invoices.tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 4, 1)]


def test_each_open_or_paid_invoice_of_the_school_is_said_and_no_other() -> None:
    one, two, _ = make.issued(3)
    of, viewer = one.partnership, make.office(one.partnership)
    told = {place: declared.told("leaving", partnership=of, school=place, viewer=viewer) for place in (one.school, two.school)}
    assert [len(words) for words in told.values()] == [1, 1]
    assert f"Invoice {one.reference} stands: £1,500.00 is due on" in told[one.school][0]
    payments.record_payment(invoice=one, amount=one.total, paid_on=date(2022, 4, 1), key=keys.new_key(), by=make.SYSTEM)
    assert declared.told("leaving", partnership=of, school=one.school, viewer=viewer) == [
        f"Invoice {one.reference} is paid: withdrawing brings no money back by itself."
    ]


def test_the_page_that_withdraws_a_signature_names_the_invoice() -> None:
    place = membership.partnership()
    school = membership.asked(place, 1)[0]
    membership.signed(place, school)
    make.settle_issuer(place)
    invoice = make.ask(make.claim(place), school)[0]
    client, page = Client(), f"/p/{place.slug}/membership/answer/{school.urn}/withdraw/"
    client.force_login(Person.objects.get(pk=membership.head(school, Post.HEAD).person))
    with clock.at(clock.start_of(date(2022, 4, 2), 9)):
        assert f"Invoice {invoice.reference} stands" in client.get(page).content.decode()
        assert f"Invoice {invoice.reference} stands" in client.post(page, follow=True).content.decode()
