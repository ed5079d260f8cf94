"""Vacancies with their panels; what applicants sent, and how it was scored."""

from alongside.deciding.recruitment.models.applications import (
    Application as Application,
    InterviewSlot as InterviewSlot,
    Score as Score,
    Tie as Tie,
)
from alongside.deciding.recruitment.models.vacancies import PanelMember as PanelMember, Vacancy as Vacancy
