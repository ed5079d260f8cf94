from alongside.ground.core.audience import Audience as A
from alongside.ground.web.addresses import page
from alongside.members.mail import views

app_name = "mail"
room = "p/<slug:slug>/mail/"
urlpatterns = [
    page(room, views.mails, A.OFFICE),
    page(f"{room}forwarding/", views.forwarding, A.OFFICE),
    page(f"{room}<str:key>/", views.mail, A.OFFICE),
    page(f"{room}<str:key>/message.eml", views.mail_file, A.OFFICE),
    page(f"{room}<str:key>/seen-to/", views.see_to, A.OFFICE),
]
