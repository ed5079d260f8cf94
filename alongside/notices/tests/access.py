from alongside.notices.models import Notice
from tests.audiences import Audience as A, Line

LINES = {
    "notices:list": Line(A.OFFICE, lambda world: {"slug": world.partnership.slug}),
    "notices:show": Line(
        A.OFFICE,
        lambda world: {"slug": world.partnership.slug, "key": Notice.objects.filter(partnership=world.partnership).first().pk},
    ),
}
