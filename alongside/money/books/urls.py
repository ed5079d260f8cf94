from alongside.ground.core.audience import Audience as A
from alongside.ground.web.addresses import page
from alongside.money.books import views

app_name = "books"
room = "p/<slug:slug>/books/"
urlpatterns = [
    page(room, views.books, A.FINANCE),
    page(f"{room}vat/", views.vat, A.FINANCE),
    page(f"{room}vat.csv", views.vat_csv, A.FINANCE),
    page(f"{room}schedule/", views.schedule, A.FINANCE),
    page(f"{room}schedule.csv", views.schedule_csv, A.FINANCE),
    page(f"{room}<slug:form>/", views.books_file, A.FINANCE),
]
