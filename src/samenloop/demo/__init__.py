"""The fictitious but calibrated region BMWE.

In come the figures that the region published over 2017 (`gepubliceerd/*.json`); out
goes a population of people who do not exist, whose records give exactly those figures
again. It lets anyone try the system and lets a test compare every published cell.
See docs/decisions/003-demoregio.md for the method.
"""
