"""Pages and tasks that gather from every room: home, keeping, the demonstration."""
