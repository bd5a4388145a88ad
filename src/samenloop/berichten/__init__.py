"""Chain messages: between municipality and providers, in the words of the standard.

Translation between the standard and our own words stands here and nowhere else.
"""
