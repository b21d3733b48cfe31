"""Checks the figures of a draft against the reports, one by one.

claims      draft → its figures, each with the words that say what it counts
candidates  claim → figures of a report that may be of the same thing, with what speaks for each
values      claim and candidate → same value, a fair rounding, another
checker     all of it → a verdict for each claim; explaining says it in French, reporting writes it to a file
"""
