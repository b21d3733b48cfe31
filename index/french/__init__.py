"""French text: folding, tokens, sentences, quantities. Pure functions of strings: no model, no report.

The word lists beside the code are language data: general French and public administration, never one report's words.
"""
