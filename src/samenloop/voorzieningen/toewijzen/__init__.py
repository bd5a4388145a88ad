"""From application to provision: inquiry, decision, allocation and what changes it.

Applications, requests of providers and decisions come in; allocations and the events
that carry them to providers go out.
"""
