"""Look and feel, and the kit: what every room would write by hand.

Pages and forms: `pages`, `forms`, `asked` (the request), `addresses` (for whom), `later` (after the transaction).
Lists: `tables`, `sheets`, `needs` (what home gathers). Rows: `models` (ids, scopes, versions, `once`, `move`), `frozen`.
The house: `declared` walks the rooms' declarations. Drawing: `jinja2/web`, `pictures`, `mail`, and `gallery` shows it all.
"""
