"""PDF files, read with the exact page of every line.

`reader` is what the rest of the project calls; it never imports pdfminer. All other modules run in the process of
`worker`, with its memory and time bound: they may import pdfminer, and nothing heavier. Knows layout, no report.
"""

from index.reading.pdf.reader import read_pdf

__all__ = ["read_pdf"]
