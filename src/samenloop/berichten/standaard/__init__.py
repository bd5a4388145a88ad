"""The messages of iWmo and iJw 3.2 as data: one declaration, a reader and a writer.

Knows no database and no municipality; only what the standard says.
"""
