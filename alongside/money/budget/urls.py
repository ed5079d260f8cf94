from alongside.ground.core.audience import Audience as A
from alongside.ground.web.addresses import page
from alongside.money.budget import views

app_name = "budget"
room, promise = "p/<slug:slug>/budget/", "p/<slug:slug>/budget/promise/<slug:key>/"
urlpatterns = [
    page(room, views.budget, A.FINANCE),
    page(f"{room}budget.csv", views.budget_csv, A.FINANCE),
    page(f"{room}spending.csv", views.movements_csv, A.FINANCE),
    page(f"{room}heading/", views.add_heading, A.FINANCE),
    page(f"{room}heading/<slug:key>/", views.heading, A.FINANCE),
    page(f"{room}promises/", views.promises, A.FINANCE),
    page(f"{room}promise/", views.promise, A.FINANCE),
    page(promise, views.change_promise, A.FINANCE),
    page(f"{promise}release/", views.release_promise, A.FINANCE),
    page(f"{promise}spend/", views.keep_promise, A.FINANCE),
    page(f"{room}spending/", views.spending, A.FINANCE),
    page(f"{room}spend/", views.spend, A.FINANCE),
    page(f"{room}spending/<slug:key>/", views.take_back, A.FINANCE),
]
