LINES = {}
