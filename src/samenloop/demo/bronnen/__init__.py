"""Simulators of the sources outside: the BRP and those of the klantbeeld, over HTTP.

They speak the real protocol and are as strict as the real thing, so what works here
works there, and what is refused there is refused here. People come from the records of
the demo region, with a few made up for what is rare. One process: `samenloop bronnen`.
"""
