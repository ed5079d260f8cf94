"""The words with which a learning partnership's prospectus begins, ours, for the partnership to change.

A line that is set in goes on from the one before. Words in braces are filled in: see `text.default_text`.
"""

DEFAULTS = {
    "summary": """Schools in {area} do better when none of them is on its own. {name} is a simple promise between
  schools: we choose a few things that matter to all of us, the schools that are good at them lead, and everybody
  can take part.

We ask every school to sign up by {sign_by}.""",
    "why": """- Every school has partners. As the system splits into trusts and single schools, nobody should be
  left to work alone.
- Good schools get the chance to become great, by learning from each other and by leading what they do well.
- What works here is found and shared. There is more good practice in {area} than any one of us has seen.
- The hardest problems are tackled together, with help from beyond {area} where we need it.""",
    "principles": """- Start small, and build up over time.
- Show that it works on what matters to schools now.
- Do a few things well in the first year.
- Ask the schools with the expertise and the capacity to lead.
- Keep one clear way of working, and share what is learned with everybody.
- Run for {years} years at first, and look honestly at the results after eighteen months.""",
    "priorities": """We propose to begin with two priorities, and to do them well:

- curriculum and subject leadership
- special educational needs and disabilities

The board may choose others in later years, with your advice.""",
    "offer": """A school, or a group of schools, leads each priority, chosen by an open call. Whoever leads reaches
  out to every school in {area}, asks what is needed, and plans the support around it. You can count on:

- a first event that sets out the priority and hears what schools need
- something to take part in every half-term: training, or a small group that works on a real problem together
- people and ideas from outside {area}
- a closing event, open to every school in {area}, that shows what was learned and makes it available to all
- materials to keep and use, open to every member school""",
    "governance": """A partnership board oversees the work: an independent chair found by open competition, a
  representative of each heads’ group, three other primary heads and one other secondary head elected by all schools
  that sign, two members from the local authority and one special school representative. It may add people with
  skills that it needs.

Each school that signs has one vote, whatever its size or phase.""",
    "costs": """£1,500 a year, the same for every school, whatever its size. The first invoice comes in {first_invoice}.
  The second comes a year later and is at most £1,500: what is left over from the first year may bring it down, if the
  board so decides.

The fee covers all support. Nothing that the partnership offers its members costs extra.""",
    "timeline": """After sign-up the board finds the independent chair and the lead schools, so that both are in
  place before {support_begins}.""",
    "agreement": """Our school joins {name} for {years} years, from {term_begin} to {term_end}, on the terms of this
  prospectus.

We will pay the annual fee that it states, by invoice. We understand that signing is one thing and paying another:
  the invoice follows.

We may change our mind until the roll of members is frozen on {roll_freezes}. After that, leaving before the end of
  the term is for the board to decide with us.

The person who signs says on whose authority they do so.""",
}

FEW = {  # where a handful of schools begin together, of one phase or several, a board of ten seats would be larger than they are
    "governance": """The heads of the schools that sign are the board. Each has one seat and one vote, whatever the size or
  phase of the school. They choose who chairs their meetings, and may add people with skills that they need.""",
    "timeline": """After sign-up the board chooses who chairs it and which school leads what.""",
}
