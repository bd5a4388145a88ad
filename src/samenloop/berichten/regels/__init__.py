"""The rules of the standard, one small function per official code, and the verdict.

A message comes in with what we hold beside it; faults and the answer go out.
"""
