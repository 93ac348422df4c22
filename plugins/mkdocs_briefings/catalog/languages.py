"""Languages, by their tags."""

from __future__ import annotations

import re

TAG = re.compile(
    r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?(-([a-z\d]{5,8}|\d[a-z\d]{3}))*", re.ASCII | re.I
)
"""Language, script, region and variants, by their form: what a page's `lang` may hold. See BCP 47,
section 2.1."""
