"""Texts become vectors: the embedders, and `training`, which makes the French one that is shipped.

Serving imports neither torch nor sentence-transformers: `transformer` and `training` alone may, and nothing imports
them before a model that needs them is asked for. The shipped model stands in `models/`; no report's words do in code.
"""
