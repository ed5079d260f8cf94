from django.urls import path

from alongside.money.budget import views

app_name = "budget"
room, promise = "p/<slug:slug>/budget/", "p/<slug:slug>/budget/promise/<slug:key>/"
urlpatterns = [
    path(room, views.budget, name="budget"),
    path(f"{room}budget.csv", views.budget_csv, name="budget_csv"),
    path(f"{room}spending.csv", views.movements_csv, name="movements_csv"),
    path(f"{room}heading/", views.add_heading, name="add_heading"),
    path(f"{room}heading/<slug:key>/", views.heading, name="heading"),
    path(f"{room}promises/", views.promises, name="promises"),
    path(f"{room}promise/", views.promise, name="promise"),
    path(promise, views.change_promise, name="change_promise"),
    path(f"{promise}release/", views.release_promise, name="release_promise"),
    path(f"{promise}spend/", views.keep_promise, name="keep_promise"),
    path(f"{room}spending/", views.spending, name="spending"),
    path(f"{room}spend/", views.spend, name="spend"),
    path(f"{room}spending/<slug:key>/", views.take_back, name="take_back"),
]
