"""From the records to accountable figures.

What comes in: the records of the rooms below, or deliveries of others. What goes out:
a levering in the documented format (`levering`, which files hold what: `bronnen`), and
releases of figures that never change (`uitgave`), which the pages and downloads read
(`lezen`). Counting itself is done by `samenloop.monitor`; nothing is computed while
someone waits for a page.
"""
