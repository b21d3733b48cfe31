"""Texts become vectors: the embedders, and `training`, which makes the French one that is shipped.

Serving imports neither torch nor sentence-transformers: only `transformer` and `training` may, and nothing here imports them
before a model that needs them is asked for. The shipped model stands in `models/`; no word of any one report stands in code.
"""
