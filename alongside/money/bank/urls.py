from alongside.ground.core.audience import Audience as A
from alongside.ground.web.addresses import page
from alongside.money.bank import views

app_name = "bank"
room, one = "p/<slug:slug>/bank/", "p/<slug:slug>/bank/<slug:key>/"
urlpatterns = [
    page(room, views.bank, A.FINANCE),
    page(f"{room}lines.csv", views.lines_csv, A.FINANCE),
    page(f"{room}read/", views.read_bank_file, A.FINANCE),
    page(f"{room}book/", views.book_bank_lines, A.FINANCE),
    page(one, views.bank_line, A.FINANCE),
    page(f"{one}book/", views.book_bank_line, A.FINANCE),
    page(f"{one}ignore/", views.ignore_bank_line, A.FINANCE),
    page(f"{one}again/", views.reopen_bank_line, A.FINANCE),
]
