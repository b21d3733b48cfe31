"""The systems that the service is measured beside: an adapter each, run by the Python of an environment of its own.

An adapter imports its system and the standard library, nothing of the service: what is timed is the system alone. Beside it
stands what its environment is made from, every package pinned.
"""
