"""What providers invoice, what of it is granted, and what is paid.

Checked lines come in; batches for the finance system go out, never twice.
"""
