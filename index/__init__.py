"""The report side: a file becomes a `Document`, its passages and figures, and an index on disk.

Imports nothing of `qa_service`, `web` or `evaluation`, and holds no word of any one report: those stand in `seeds/`.
"""
