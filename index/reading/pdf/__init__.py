"""PDF files, read with the exact page of every line.

`reader` is what the rest of the project calls, and `outcome` what it gets back: they never import pdfminer. The other
modules run in the process of `worker`, its memory and time bound: only `source` knows pdfminer, none imports anything
heavier. Knows layout and a little French, no report.
"""

from index.reading.pdf.reader import read_pdf

__all__ = ["read_pdf"]
