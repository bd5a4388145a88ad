"""The traffic: what came, what went, what waits for an answer and what was refused.

Messages come in over an adapter and change the records of voorzieningen; events of
voorzieningen become messages that go out. Nothing is lost and nothing handled twice.
"""
