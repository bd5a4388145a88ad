"""One dossier and one plan: what a family, its network and its helpers agreed.

Here stands what a dossier is and who takes part in it; the plan, the measurements and
what was written down have rooms of their own inside.
"""
