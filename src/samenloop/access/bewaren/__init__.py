"""How long records are kept, and destroying them when due.

In come the terms as data and, from the rooms above, families of records: what belongs
together and from which day its term runs. Out goes what is due, the whole family at
once, leaving a tombstone that holds no person and a report. A backup that is put back
brings nothing to life: the tombstones are carried out again.
"""
