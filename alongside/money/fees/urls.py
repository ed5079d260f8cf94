from django.urls import path

from alongside.money.fees.views import liability, office, year_two

app_name = "fees"
room = "p/<slug:slug>/fees/"
urlpatterns = [
    path(room, office.overview, name="overview"),
    path(f"{room}set-up/", office.set_up, name="set_up"),
    path(f"{room}issue/", office.issue, name="issue"),
    path(f"{room}issue/draft.pdf", office.draft_pdf, name="draft_pdf"),
    path(f"{room}year-2/", year_two.year_two, name="year_two"),
    path(f"{room}year-2/open/", year_two.open_year_two, name="open_year_two"),
    path(f"{room}year-2/reduction/", year_two.agree_reduction, name="agree_reduction"),
    path(f"{room}year-2/credit-notes/", year_two.credit_reduction, name="credit_reduction"),
    path(f"{room}year-2/joiners/", year_two.joiners, name="joiners"),
    path(f"{room}liability/", liability.liability, name="liability"),
    path(f"{room}liability/<int:urn>/year-<int:year>/", liability.settle_liability, name="settle_liability"),
    path(f"{room}extra-charges/", year_two.extra_charges, name="extra_charges"),
]
