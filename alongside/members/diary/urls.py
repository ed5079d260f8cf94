from alongside.ground.core.audience import Audience as A
from alongside.ground.web.addresses import page
from alongside.members.diary import views

app_name = "diary"
urlpatterns = [
    page("me/diary/", views.diary, A.SIGNED_IN),
    page("me/diary/<str:key>/answer/", views.answer, A.SIGNED_IN),
]
