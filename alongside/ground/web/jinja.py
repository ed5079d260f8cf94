"""The Jinja environment of every page of ours."""

import re
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader, Undefined, select_autoescape
from jinja2.ext import Extension

from alongside.ground.core import clock, money, words
from alongside.ground.web import drawing, pages, pictures, tables

TAGS = re.compile(r"\{[%#].*?[%#]\}")


class LinesOfMail(Extension):
    """In the plain text of a mail a line that has words ends where it ends, also behind `{% endif %}`; a line of nothing but
    tags stands for nothing, as on pages."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The template with a plus in each tag that ends a line of words, so that Jinja keeps the end of the line."""
        if not (name or "").endswith(".txt"):
            return source
        lines = source.split("\n")
        return "\n".join(f"{one[:-2]}+%}}" if one.endswith("%}") and TAGS.sub("", one).strip() else one for one in lines)


class Missing(Undefined):
    """A name that the page was not given: it may be asked about, as the Design System's macros do, never printed."""

    __str__ = Undefined._fail_with_undefined_error
    __iter__ = Undefined._fail_with_undefined_error


def link(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a page by its name."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def environment(**options: Any) -> Environment:
    """Jinja with our words for dates and money, and the Design System's macros."""
    ours = options.pop("loader")
    govuk = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    options["undefined"] = Missing
    del options["autoescape"]  # everything is escaped but the plain text of mails
    env = Environment(
        loader=ChoiceLoader([ours, govuk]),
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[LinesOfMail],
        autoescape=select_autoescape(disabled_extensions=("txt",), default=True),
        **options,
    )
    env.globals.update(
        static=static,
        url=link,
        today=clock.today,
        plural=words.plural,
        in_words=words.in_words,
        pictures=pictures,
        drawn=drawing,
        links_said=pages.links_said,
        plainly=tables.plainly,
    )
    env.filters.update(
        pounds=money.pounds,
        short_pounds=money.short_pounds,
        long_date=words.long_date,
        in_a_sentence=words.in_a_sentence,
        short_date=words.short_date,
        weekday_date=lambda day: words.weekday_near(day, clock.today()),
        weekday_only=words.weekday_date,  # where the year stands beside it
        day_month=words.day_month,
        near_date=lambda day: words.near_date(day, clock.today()),
        moment=words.moment,
        day_of=words.day_of,
        clock_time=words.clock_time,
        listed=words.listed,
    )
    return env
