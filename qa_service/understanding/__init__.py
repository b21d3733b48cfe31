"""From a question as typed to a `Query`: follow-ups, spelling, everyday words, kind, constraints.

Language data beside the code is general French; what is particular to a report comes from its index.
"""
