WITHOUT_FILE = {"it draws the lists of the pages": "table"}
