"""People, and with whom they belong.

Persoon with the one BSN table, addresses and stays over time, huishouden (who lives at
an address) beside gezin (whom a plan is about), gezag, and which municipality is
responsible for someone on a date. Municipalities and their regions stand here too.
What comes in is what the base registries say; what goes out is whom a record is about.
"""
