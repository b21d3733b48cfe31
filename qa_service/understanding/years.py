"""Years as people and reports write them."""

from __future__ import annotations

import re

# "Les 2000 livres" are counted, no year.
YEAR = re.compile(r"(?<!\d)(?<!\b[ldcmts]es )(?<!\baux )(?:19|20)\d{2}(?!\d)", re.IGNORECASE)
