"""The family's own entrance: their plan, their tasks, who may look and who looked.

What comes in is somebody of a family or its network who was invited; what goes out are
the same records that workers see, as far as they are theirs, in plain words. Nothing is
kept twice: this room holds the entrances, who let whom in, and wishes for the plan.
"""
