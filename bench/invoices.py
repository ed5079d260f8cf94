"""Q7: a thousand invoices issued in one run and typeset, each kept in its own transaction; and what mailing one adds."""

import os
import resource
import tempfile
import time

from alongside.ground.core.shown import UNSEEN

INVOICES, MAILED, LIMIT = 1_000, 100, 25
Figure = tuple[str, str, str, str]


def prepare(folder: str) -> str:
    """An empty database with a thousand signed schools; gives the partnership's id."""
    os.environ.update(ALONGSIDE_MODE="demo", ALONGSIDE_VAR=folder, DJANGO_SETTINGS_MODULE="alongside.settings")
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    from alongside.money.fees.tests import make

    call_command("migrate", verbosity=0, skip_checks=True)
    with transaction.atomic():
        return make.ready(INVOICES).pk


def main() -> list[Figure]:
    """Issue and typeset a thousand; then mail some, and serve one that is kept."""
    with tempfile.TemporaryDirectory(prefix="alongside-bench-") as folder:
        partnership = prepare(folder)
        from alongside.ground.core import keys
        from alongside.ground.core.standing import Standing
        from alongside.ground.documents.actions import pdf_of
        from alongside.ground.documents.models import Document
        from alongside.members.partnerships.models import Partnership
        from alongside.money.fees.actions.issuing import issue_invoices
        from alongside.money.invoices.actions.issuing import typeset_run
        from alongside.money.invoices.actions.sending import send_invoice
        from alongside.money.invoices.models.invoices import Invoice, IssueRun
        from alongside.money.invoices.queries.papers import numbers_lost

        of, by = Partnership.objects.get(pk=partnership), Standing.system()
        began, worked = time.perf_counter(), time.process_time()
        issue_invoices(partnership=of, key=keys.new_key(), seen=UNSEEN, by=by)
        typeset_run(run_id=IssueRun.objects.get().pk, by=by)  # as a worker would, which has it in its queue
        took, worked = time.perf_counter() - began, time.process_time() - worked
        assert (Document.objects.count(), numbers_lost(of, viewer=by)) == (INVOICES, [])
        began = time.perf_counter()
        for invoice in Invoice.objects.select_related("partnership", "school")[:MAILED]:
            send_invoice(invoice=invoice, to="accounts@school.example", version=UNSEEN, by=by)
        mailed = 1_000 * (time.perf_counter() - began) / MAILED
        one = Invoice.objects.order_by("number")[INVOICES // 2]
        began = time.perf_counter()
        for _ in range(50):
            pdf_of(paper=one, by=by)
        served = (time.perf_counter() - began) / 50
    each, memory = 1_000 * took / INVOICES, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1_024
    working = 1_000 * worked / INVOICES
    words = f"{each:.1f} ms an invoice, issued and typeset (≤ {LIMIT}), {working:.1f} ms of it processor time; "
    words += f"{mailed:.1f} ms to mail one with its code; a kept one served in {1_000 * served:.1f} ms; {memory} MB"
    return [("Q7", f"1,000 invoices issued and typeset ≤ {LIMIT} ms each", words, "python -m bench.invoices")]


if __name__ == "__main__":
    figures = main()
    for promise, _, figure, _ in figures:
        print(f"{promise}: {figure}")
