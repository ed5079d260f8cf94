"""The namespace is people's; sign-in keeps the names that django-allauth looks for."""

from allauth.account import views as account
from allauth.socialaccount.providers.google import views as google
from allauth.socialaccount.providers.microsoft import views as microsoft
from django.urls import include, path, re_path

from alongside.ground.web.sensitive import sensitive_once_set_up
from alongside.members.people.signing_in import where_configured
from alongside.members.people.views import arriving, bulk, keeping, passing_on, security, seeing

people = [
    path("i/<str:token>/", arriving.invitation, name="invitation"),
    path("i/<str:token>/pass-on/", arriving.pass_on, name="pass_on"),
    path("letter/", arriving.code, name="code"),
    path("me/account/", seeing.account, name="account"),
    path("me/security/", security.security, name="security"),
    path("me/security/prove/", security.prove, name="prove"),
    path("me/security/prove/passkey/", security.prove_passkey, name="prove_passkey"),
    path("me/security/prove/mail/", security.send_code, name="send_code"),
    path("me/security/app/", security.add_app, name="add_app"),
    path("me/security/passkey/", security.add_passkey, name="add_passkey"),
    path("me/security/codes/", security.make_codes, name="make_codes"),
    path("me/security/remove/<int:factor>/", security.remove_factor, name="remove_factor"),
    path("me/security/browsers/end/", security.end_other_sign_ins, name="end_other_sign_ins"),
    path("me/security/browsers/<str:key>/end/", security.end_sign_in, name="end_sign_in"),
    path("me/security/linked/<slug:provider>/remove/", security.unlink, name="unlink"),
    path("me/security/address/", security.address, name="address"),
    path("p/<slug:slug>/people/", seeing.everybody, name="list"),
    path("p/<slug:slug>/people/contacts.csv", seeing.contacts, name="contacts"),
    path("p/<slug:slug>/people/invite-many/", bulk.invite_many, name="invite_many"),
    path("p/<slug:slug>/people/invite-many/sheet.csv", bulk.invite_template, name="invite_template"),
    path("p/<slug:slug>/people/office/", seeing.office, name="office"),
    path("p/<slug:slug>/people/office/invite/", keeping.invite_office, name="invite_office"),
    path("p/<slug:slug>/people/<int:urn>/", seeing.school, name="school"),
    path("p/<slug:slug>/people/<int:urn>/invite/", keeping.invite, name="invite"),
    path("p/<slug:slug>/people/role/<str:role>/end/", keeping.end_role, name="end_role"),
    path("p/<slug:slug>/people/<int:urn>/september/", passing_on.september, name="september"),
    path("p/<slug:slug>/people/role/<str:role>/successor/", passing_on.invite_successor, name="invite_successor"),
    path("p/<slug:slug>/people/role/<str:role>/mailbox/", passing_on.pass_on_mailbox, name="pass_on_mailbox"),
    path("p/<slug:slug>/people/role/<str:role>/second-factor/", keeping.free, name="free"),
    path("p/<slug:slug>/people/invitation/<str:key>/withdraw/", keeping.cancel_invitation, name="cancel_invitation"),
    path("p/<slug:slug>/people/invitation/<str:key>/again/", keeping.renew_invitation, name="renew_invitation"),
]
urlpatterns = [
    path("", include((people, "people"))),
    path("login/", account.login, name="account_login"),
    path("login/code/", account.request_login_code, name="account_request_login_code"),
    path("login/code/confirm/", account.confirm_login_code, name="account_confirm_login_code"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("password/set/", sensitive_once_set_up(account.password_set), name="account_set_password"),
    path("password/change/", sensitive_once_set_up(account.password_change), name="account_change_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/sent/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password/reset/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("login/microsoft/", where_configured("microsoft", microsoft.oauth2_login), name="microsoft_login"),
    path("login/microsoft/back/", where_configured("microsoft", microsoft.oauth2_callback), name="microsoft_callback"),
    path("login/google/", where_configured("google", google.oauth2_login), name="google_login"),
    path("login/google/back/", where_configured("google", google.oauth2_callback), name="google_callback"),
]
