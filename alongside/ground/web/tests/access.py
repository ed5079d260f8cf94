WITHOUT_FILE = {
    "it draws the lists of the pages": "table",
    "a step of a form: the sheet itself is the file": "bringing",
}
