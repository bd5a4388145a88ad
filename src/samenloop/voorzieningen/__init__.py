"""What people are granted: provisions, benefits and tracks, and what they cost.

The productenboek as a tree, providers, Voorziening from application to end in a form
(ZIN, PGB), benefits with their spoor, trajecten to work, budget posts, objections and
complaints. What comes in is a decision; what goes out is the basis of every figure.
"""
