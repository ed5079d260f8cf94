"""Look and feel, and what every page needs.

base page and components (jinja2/web), form renderer, tables by URL, pictures, refusals and error pages,
`rows` (ids, versions, scope of a model) and `later` (work after the transaction).
"""
