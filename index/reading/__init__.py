"""A file becomes a `Document` and its passages: text, Markdown and PDF in, outline, lists and tables out.

Knows layout and French, no report: what is particular to one stands in its `seeds/` folder.
"""
