"""Whom a page is for. Each address names one of these (`page()`); who that is by role stands once, in the tests' own table."""

from enum import StrEnum


class Audience(StrEnum):
    """Whom a page is for."""

    EVERYONE = "everyone, without signing in"
    DEMO = "everyone, in a demonstration only"
    SIGNED_IN = "everyone who is signed in"
    ASKED = "people of the schools that are asked or belong, and the office"
    MEMBERS = "people of the schools that belong, and the office"
    SCHOOL = "people of the school in question, and the office"
    SIGNER = "those who may sign for the school in question"
    OFFICE = "the partnership's office"
    FINANCE = "those in the office who may act on money"
    MANAGER = "the partnership's manager"
    KEEPERS = "who looks after the people of the school, and the office"
    DAYS = "head or school administrator of the school in question, and the office"
    DATES = "head, school administrator or business manager of the school in question, and the office"
    NOBODY = "nobody"


WITHOUT_SIGNING_IN = frozenset({Audience.EVERYONE, Audience.DEMO})
IN_OFFICE = frozenset({Audience.OFFICE, Audience.FINANCE, Audience.MANAGER})
