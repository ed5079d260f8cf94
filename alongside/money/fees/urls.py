from alongside.ground.core.audience import Audience as A
from alongside.ground.web.addresses import page
from alongside.money.fees.views import liability, office, year_two

app_name = "fees"
room = "p/<slug:slug>/fees/"
urlpatterns = [
    page(room, office.overview, A.ASKED),
    page(f"{room}owed.csv", office.owed_csv, A.FINANCE),
    page(f"{room}set-up/", office.set_up, A.FINANCE),
    page(f"{room}issue/", office.issue, A.FINANCE),
    page(f"{room}issue/who.csv", office.run_csv, A.FINANCE),
    page(f"{room}issue/draft.pdf", office.draft_pdf, A.FINANCE),
    page(f"{room}year-2/", year_two.year_two, A.FINANCE),
    page(f"{room}year-2/open/", year_two.open_year_two, A.FINANCE),
    page(f"{room}year-2/reduction/", year_two.agree_reduction, A.MANAGER),
    page(f"{room}year-2/credit-notes/", year_two.credit_reduction, A.FINANCE),
    page(f"{room}year-2/joiners/", year_two.joiners, A.FINANCE),
    page(f"{room}liability/", liability.liability, A.FINANCE),
    page(f"{room}liability/<int:urn>/year-<int:year>/", liability.settle_liability, A.MANAGER),
    page(f"{room}extra-charges/", year_two.extra_charges, A.FINANCE),
]
