"""Deeds of the demonstration: building Elthorne, moving its day, starting again, and a visitor's own schools."""

from alongside.across.demo.actions.borough import build_elthorne as build_elthorne
from alongside.across.demo.actions.days import continue_day as continue_day, move_day as move_day, start_again as start_again
from alongside.across.demo.actions.doors import invite_door_school as invite_door_school
from alongside.across.demo.actions.own import load_register as load_register, start_own_partnership as start_own_partnership
from alongside.across.demo.actions.year import play_year as play_year
