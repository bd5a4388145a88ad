"""Who works with the system: accounts, and later roles, mandates and the logs.

What comes in is a sign-in; what goes out is the account on whose behalf everything
above acts. For now a role and a list of municipalities per account; who may see and do
what at which depth stands here too, once there is more than figures to see.
"""
