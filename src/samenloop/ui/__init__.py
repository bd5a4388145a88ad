"""What every page shares: base template, components, theme and language.

Nothing here knows a room. A page template of a room extends `ui/base.html` and is put
together from the components of `templates/cotton/`, which carry the names of the look.
"""
