"""Pages: `public` (the prospectus), `answering` (a school's answer), `office`, `choosing`, `texts`, `reminding`, `rolls`."""
