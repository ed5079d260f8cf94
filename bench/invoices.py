"""Q7: a thousand invoices issued, mailed and typeset, one by one, each in its own transaction."""

import os
import resource
import tempfile
import time

INVOICES, LIMIT = 1_000, 25
Figure = tuple[str, str, str, str]


def prepare(folder: str) -> str:
    """An empty database with a thousand signed schools, each with a business manager; gives the partnership's id."""
    os.environ.update(ALONGSIDE_MODE="demo", ALONGSIDE_VAR=folder, DJANGO_SETTINGS_MODULE="alongside.settings")
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    from alongside.core.standing import Post
    from alongside.fees.tests import make
    from alongside.partnerships.models import Membership

    call_command("migrate", verbosity=0, skip_checks=True)
    with transaction.atomic():
        of = make.ready(INVOICES)
        for belongs in Membership.objects.filter(partnership=of).select_related("school"):
            make.person("The business manager", Post.BUSINESS_MANAGER, school=belongs.school)
    return of.pk


def main() -> list[Figure]:
    """Issue, mail and typeset a thousand; then serve one that is kept."""
    with tempfile.TemporaryDirectory(prefix="alongside-bench-") as folder:
        partnership = prepare(folder)
        from alongside.core import keys
        from alongside.core.standing import Standing
        from alongside.documents.models import Document
        from alongside.fees import actions, queries
        from alongside.fees.models import Invoice
        from alongside.notices.models import Notice
        from alongside.partnerships.models import Partnership

        of, by = Partnership.objects.get(pk=partnership), Standing.system()
        began, worked = time.perf_counter(), time.process_time()
        actions.issue_invoices(partnership=of, key=keys.new_key(), by=by)
        took, worked = time.perf_counter() - began, time.process_time() - worked
        made, sent = Document.objects.count(), Notice.objects.exclude(sent_at=None).count()
        assert (made, sent, queries.numbers_lost(of, viewer=by)) == (INVOICES, INVOICES, [])
        one = Invoice.objects.order_by("number")[INVOICES // 2]
        began = time.perf_counter()
        for _ in range(50):
            actions.invoice_pdf(invoice=one, by=by)
        served = (time.perf_counter() - began) / 50
    each, memory = 1_000 * took / INVOICES, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1_024
    working = 1_000 * worked / INVOICES
    words = f"{each:.1f} ms an invoice, issued, mailed and typeset (≤ {LIMIT}), {working:.1f} ms of it processor time; "
    words += f"a kept one served in {1_000 * served:.1f} ms; {memory} MB"
    return [("Q7", f"1,000 invoices issued and typeset ≤ {LIMIT} ms each", words, "python -m bench.invoices")]


if __name__ == "__main__":
    figures = main()
    for promise, _, figure, _ in figures:
        print(f"{promise}: {figure}")
