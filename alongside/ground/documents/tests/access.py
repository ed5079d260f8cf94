ASKS_NOBODY = {
    "called by other deeds, which have asked": "keep",
    "the page that was opened has asked": "pdf_of",
}
