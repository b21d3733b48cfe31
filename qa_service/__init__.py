"""The question side: a question becomes a query, retrieved passages and an answer with citations, or a refusal.

Imports `index` and nothing of `web` or `evaluation`; knows no report by name.
"""
