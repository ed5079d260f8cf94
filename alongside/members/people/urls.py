"""The namespace is people's; sign-in keeps the names that django-allauth looks for."""

from functools import partial
from typing import Any

from allauth.account import views as account
from django.urls import include, path, re_path

from alongside.ground.core.audience import Audience as A
from alongside.ground.web.addresses import Asks, page, secretly, twin
from alongside.members.people.signing_in import where_configured
from alongside.members.people.views import acting, invitations, people, roles, security

KEEPS_THIEVES_OUT = "it changes how somebody signs in: no thief of a mailbox takes that off"
LIKE_MONEY: dict[str, Any] = {
    "asks": Asks.EVERYBODY,
    "why": "a post in the office opens what is about money: who gets or loses one is as sensitive as the rooms of money",
}
GUARDED: dict[str, Any] = {"asks": Asks.WHO_HAS_ONE, "why": KEEPS_THIEVES_OUT}
office = partial(twin, prefix="office_", in_office=True)  # what gives or ends a post there has an address of its own
pages = [
    page("i/<str:token>/", invitations.invitation, A.EVERYONE, opened_by="token"),
    page("i/<str:token>/pass-on/", invitations.pass_on, A.EVERYONE, opened_by="token"),
    page("letter/", invitations.code, A.EVERYONE),
    page("me/account/", people.account, A.SIGNED_IN),
    page("me/acting/", acting.acting, A.SIGNED_IN),
    page("me/acting/<str:key>/end/", acting.end_acting, A.SIGNED_IN),
    page("me/security/", security.security, A.SIGNED_IN),
    page("me/security/prove/", security.prove, A.SIGNED_IN),
    page("me/security/prove/passkey/", security.prove_passkey, A.SIGNED_IN),
    page("me/security/prove/mail/", security.send_code, A.SIGNED_IN),
    page("me/security/app/", security.add_app, A.SIGNED_IN, **GUARDED),
    page("me/security/passkey/", security.add_passkey, A.SIGNED_IN, **GUARDED),
    page("me/security/codes/", security.make_codes, A.SIGNED_IN, **GUARDED),
    page("me/security/remove/<int:factor>/", security.remove_factor, A.SIGNED_IN, **GUARDED),
    page("me/security/browsers/end/", security.end_other_sign_ins, A.SIGNED_IN),
    page("me/security/browsers/<str:key>/end/", security.end_sign_in, A.SIGNED_IN),
    page("me/security/linked/<slug:provider>/remove/", security.unlink, A.SIGNED_IN, **GUARDED),
    page("me/security/address/", security.address, A.SIGNED_IN, **GUARDED),
    page("p/<slug:slug>/people/", people.everybody, A.ASKED, name="list"),
    page("p/<slug:slug>/people/contacts.csv", people.contacts, A.OFFICE),
    page("p/<slug:slug>/people/invite-many/", invitations.invite_many, A.OFFICE),
    page("p/<slug:slug>/people/invite-many/sheet.csv", invitations.invite_template, A.OFFICE),
    page("p/<slug:slug>/people/office/", people.office, A.OFFICE),
    page("p/<slug:slug>/people/office/invite/", invitations.invite_office, A.MANAGER, **LIKE_MONEY),
    page("p/<slug:slug>/people/office/<str:role>/end/", office(roles.end_role), A.OFFICE, **LIKE_MONEY),
    page("p/<slug:slug>/people/office/<str:role>/successor/", office(roles.invite_successor), A.MANAGER, **LIKE_MONEY),
    page("p/<slug:slug>/people/office/<str:role>/mailbox/", office(roles.pass_on_mailbox), A.OFFICE, **LIKE_MONEY),
    page("p/<slug:slug>/people/office/<str:key>/withdraw/", office(invitations.cancel_invitation), A.MANAGER, **LIKE_MONEY),
    page("p/<slug:slug>/people/office/<str:key>/again/", office(invitations.renew_invitation), A.MANAGER, **LIKE_MONEY),
    page("p/<slug:slug>/people/<int:urn>/", people.school, A.SCHOOL),
    page("p/<slug:slug>/people/<int:urn>/invite/", invitations.invite, A.KEEPERS),
    page("p/<slug:slug>/people/role/<str:role>/end/", roles.end_role, A.KEEPERS),
    page("p/<slug:slug>/people/role/<str:role>/give-back/", roles.give_back, A.KEEPERS),
    page("p/<slug:slug>/people/<int:urn>/september/", roles.september, A.KEEPERS),
    page("p/<slug:slug>/people/role/<str:role>/successor/", roles.invite_successor, A.KEEPERS),
    page("p/<slug:slug>/people/role/<str:role>/mailbox/", roles.pass_on_mailbox, A.KEEPERS, **GUARDED),
    page("p/<slug:slug>/people/role/<str:role>/second-factor/", roles.free, A.MANAGER, **LIKE_MONEY),
    page("p/<slug:slug>/people/invitation/<str:key>/withdraw/", invitations.cancel_invitation, A.KEEPERS),
    page("p/<slug:slug>/people/invitation/<str:key>/again/", invitations.renew_invitation, A.KEEPERS),
]
urlpatterns = [
    path("", include((pages, "people"))),
    path("login/", account.login, name="account_login"),
    path("login/code/", account.request_login_code, name="account_request_login_code"),
    path("login/code/confirm/", account.confirm_login_code, name="account_confirm_login_code"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    page("password/set/", account.password_set, A.SIGNED_IN, name="account_set_password", **GUARDED),
    page("password/change/", account.password_change, A.SIGNED_IN, name="account_change_password", **GUARDED),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/sent/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        secretly(account.password_reset_from_key, "key"),
        name="account_reset_password_from_key",
    ),
    path("password/reset/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("login/microsoft/", where_configured("microsoft", "oauth2_login"), name="microsoft_login"),
    path("login/microsoft/back/", where_configured("microsoft", "oauth2_callback"), name="microsoft_callback"),
    path("login/google/", where_configured("google", "oauth2_login"), name="google_login"),
    path("login/google/back/", where_configured("google", "oauth2_callback"), name="google_callback"),
]
