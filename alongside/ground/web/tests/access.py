from tests.audiences import Audience as A, Line

LINES = {
    "web:accessibility": Line(A.EVERYONE),
    "web:cookies": Line(A.EVERYONE),
    "web:components": Line(A.EVERYONE),
    "web:favicon": Line(A.EVERYONE),
}
