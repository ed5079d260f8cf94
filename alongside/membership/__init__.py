"""How a school comes to a partnership: the prospectus, the questions, the answer, the signature, the roll."""
