"""The namespace is people's; sign-in keeps the names that django-allauth looks for."""

from allauth.account import views as account
from allauth.socialaccount.providers.google import views as google
from allauth.socialaccount.providers.microsoft import views as microsoft
from django.urls import include, path, re_path

from alongside.ground.core.audience import Audience as A
from alongside.ground.web.addresses import Asks, page
from alongside.members.people.signing_in import where_configured
from alongside.members.people.views import arriving, bulk, keeping, passing_on, security, seeing

KEEPS_THIEVES_OUT = "it changes how somebody signs in: no thief of a mailbox takes that off"
people = [
    page("i/<str:token>/", arriving.invitation, A.EVERYONE),
    page("i/<str:token>/pass-on/", arriving.pass_on, A.EVERYONE),
    page("letter/", arriving.code, A.EVERYONE),
    page("me/account/", seeing.account, A.SIGNED_IN),
    page("me/security/", security.security, A.SIGNED_IN),
    page("me/security/prove/", security.prove, A.SIGNED_IN),
    page("me/security/prove/passkey/", security.prove_passkey, A.SIGNED_IN),
    page("me/security/prove/mail/", security.send_code, A.SIGNED_IN),
    page("me/security/app/", security.add_app, A.SIGNED_IN, asks=Asks.WHO_HAS_ONE, why=KEEPS_THIEVES_OUT),
    page("me/security/passkey/", security.add_passkey, A.SIGNED_IN, asks=Asks.WHO_HAS_ONE, why=KEEPS_THIEVES_OUT),
    page("me/security/codes/", security.make_codes, A.SIGNED_IN, asks=Asks.WHO_HAS_ONE, why=KEEPS_THIEVES_OUT),
    page("me/security/remove/<int:factor>/", security.remove_factor, A.SIGNED_IN, asks=Asks.WHO_HAS_ONE, why=KEEPS_THIEVES_OUT),
    page("me/security/browsers/end/", security.end_other_sign_ins, A.SIGNED_IN),
    page("me/security/browsers/<str:key>/end/", security.end_sign_in, A.SIGNED_IN),
    page(
        "me/security/linked/<slug:provider>/remove/", security.unlink, A.SIGNED_IN, asks=Asks.WHO_HAS_ONE, why=KEEPS_THIEVES_OUT
    ),
    page("me/security/address/", security.address, A.SIGNED_IN, asks=Asks.WHO_HAS_ONE, why=KEEPS_THIEVES_OUT),
    page("p/<slug:slug>/people/", seeing.everybody, A.MEMBERS, name="list"),
    page("p/<slug:slug>/people/contacts.csv", seeing.contacts, A.OFFICE),
    page("p/<slug:slug>/people/invite-many/", bulk.invite_many, A.OFFICE),
    page("p/<slug:slug>/people/invite-many/sheet.csv", bulk.invite_template, A.OFFICE),
    page("p/<slug:slug>/people/office/", seeing.office, A.OFFICE),
    page("p/<slug:slug>/people/office/invite/", keeping.invite_office, A.MANAGER),
    page("p/<slug:slug>/people/<int:urn>/", seeing.school, A.SCHOOL),
    page("p/<slug:slug>/people/<int:urn>/invite/", keeping.invite, A.KEEPERS),
    page("p/<slug:slug>/people/role/<str:role>/end/", keeping.end_role, A.KEEPERS),
    page("p/<slug:slug>/people/<int:urn>/september/", passing_on.september, A.KEEPERS),
    page("p/<slug:slug>/people/role/<str:role>/successor/", passing_on.invite_successor, A.KEEPERS),
    page(
        "p/<slug:slug>/people/role/<str:role>/mailbox/",
        passing_on.pass_on_mailbox,
        A.KEEPERS,
        asks=Asks.WHO_HAS_ONE,
        why=KEEPS_THIEVES_OUT,
    ),
    page(
        "p/<slug:slug>/people/role/<str:role>/second-factor/",
        keeping.free,
        A.MANAGER,
        asks=Asks.EVERYBODY,
        why="what it gives out is as sensitive as the rooms of money",
    ),
    page("p/<slug:slug>/people/invitation/<str:key>/withdraw/", keeping.cancel_invitation, A.KEEPERS),
    page("p/<slug:slug>/people/invitation/<str:key>/again/", keeping.renew_invitation, A.KEEPERS),
]
urlpatterns = [
    path("", include((people, "people"))),
    path("login/", account.login, name="account_login"),
    path("login/code/", account.request_login_code, name="account_request_login_code"),
    path("login/code/confirm/", account.confirm_login_code, name="account_confirm_login_code"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    page(
        "password/set/",
        account.password_set,
        A.SIGNED_IN,
        name="account_set_password",
        asks=Asks.WHO_HAS_ONE,
        why=KEEPS_THIEVES_OUT,
    ),
    page(
        "password/change/",
        account.password_change,
        A.SIGNED_IN,
        name="account_change_password",
        asks=Asks.WHO_HAS_ONE,
        why=KEEPS_THIEVES_OUT,
    ),
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
