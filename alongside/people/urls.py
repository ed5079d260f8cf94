"""The namespace is people's; sign-in keeps the names that django-allauth looks for."""

from allauth.account import views as account
from django.urls import include, path, re_path

from alongside.people import views

people = [
    path("i/<str:token>/", views.invitation, name="invitation"),
    path("i/<str:token>/pass-on/", views.pass_on, name="pass_on"),
    path("letter/", views.code, name="code"),
    path("me/account/", views.account, name="account"),
    path("p/<slug:slug>/people/", views.everybody, name="list"),
    path("p/<slug:slug>/people/contacts.csv", views.contacts, name="contacts"),
    path("p/<slug:slug>/people/office/", views.office, name="office"),
    path("p/<slug:slug>/people/office/invite/", views.invite_office, name="invite_office"),
    path("p/<slug:slug>/people/<int:urn>/", views.school, name="school"),
    path("p/<slug:slug>/people/<int:urn>/invite/", views.invite, name="invite"),
    path("p/<slug:slug>/people/role/<str:role>/end/", views.end_role, name="end_role"),
    path("p/<slug:slug>/people/invitation/<str:key>/withdraw/", views.cancel_invitation, name="cancel_invitation"),
    path("p/<slug:slug>/people/invitation/<str:key>/again/", views.renew_invitation, name="renew_invitation"),
]
urlpatterns = [
    path("", include((people, "people"))),
    path("login/", account.login, name="account_login"),
    path("login/code/", account.request_login_code, name="account_request_login_code"),
    path("login/code/confirm/", account.confirm_login_code, name="account_confirm_login_code"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/sent/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password/reset/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
]
