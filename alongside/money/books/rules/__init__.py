"""The forms that other people's books take, and the schedule of a host."""
