"""Levering in, figures out.

The quarterly monitor as a library: no Django and no database server. A levering
(a folder or zip of files in the documented format) is opened (`levering`), every row
is judged (`keuring`), the declared tables are computed over the accepted rows
(`cijfers`, `tabellen`), and the outcome (`uitkomst.Monitor`) is written as a report
(`verslag`). The web pages read the same outcome.
"""
