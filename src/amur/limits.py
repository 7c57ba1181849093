"""Every cap in Amur, with its unit and its reason. Enforced at the first door, with a `LimitError`.

A limit exists so that hostile or broken input costs bounded memory and time. Each is far above
what real publishers and networks send; the comment says what the largest real input seen was.
"""

from __future__ import annotations

from typing import Final

# --- files ---------------------------------------------------------------------------------------
LIST_FILE_BYTES_MAX: Final = 1_000_000_000
"""Bytes of one list file after decompression. Largest known: sdn_advanced.xml, about 130 MB."""

LIST_LINE_BYTES_MAX: Final = 1_000_000
"""Bytes of one line of a delimited list file. Largest real: OFAC sdn.csv, about 1,300."""

LIST_RECORDS_MAX: Final = 5_000_000
"""Records of one list publication."""

PAYMENT_FILE_BYTES_MAX: Final = 64_000_000
"""Bytes of one payment file or archive member after decompression."""

ARCHIVE_MEMBERS_MAX: Final = 1_000_000
"""Members of one zip archive."""

ARCHIVE_RATIO_MAX: Final = 200
"""Decompressed bytes per compressed byte, past which an archive member counts as a bomb."""

NAMES_FILE_BYTES_MAX: Final = 2_000_000_000
"""Bytes of one CSV of names or pairs."""

POLICY_FILE_BYTES_MAX: Final = 1_000_000
"""Bytes of a policy file. The packaged one has about 6,000."""

# --- XML -----------------------------------------------------------------------------------------
XML_DEPTH_MAX: Final = 64
"""Nested elements. ISO 20022 messages reach about 20, envelopes included."""

XML_ELEMENTS_MAX: Final = 1_000_000
"""Elements of one payment file."""

XML_RECORD_ELEMENTS_MAX: Final = 100_000
"""Elements of one record of a list. The largest real UN record has about 700."""

XML_MARKUP_BYTES_MAX: Final = 1_000_000
"""Bytes of one tag, comment or processing instruction. Real ones stay below 1,000."""

XML_TEXT_BYTES_MAX: Final = 200_000
"""Characters of one element's text in a list or payment. Largest seen: UN COMMENTS1, 4,000."""

# --- values --------------------------------------------------------------------------------------
CSV_FIELD_CHARS_MAX: Final = 131_072
"""Characters of one CSV field."""

NAME_CHARS_MAX: Final = 1_000
"""Characters of one name. The longest listed name seen has 230."""

TEXT_CHARS_MAX: Final = 200_000
"""Characters of one free text that is scanned: about a 60-page document."""

# --- work (design rule 7: limits count work, not time) -------------------------------------------
NAME_TOKENS_MAX: Final = 48
"""Tokens of one name that take part in an alignment; further ones are joined into the last."""

CANDIDATES_MAX: Final = 200_000
"""Candidate names verified for one query."""

HITS_MAX: Final = 200
"""Hits returned for one query, best first; the number left out is reported."""

# --- memory --------------------------------------------------------------------------------------
ENTITY_CACHE_MAX: Final = 4_096
"""Decoded entities that an open snapshot keeps; a large one takes about 20 kB in memory."""

PRIORS_MAX: Final = 10
"""Earlier payments with the same identification that one decision cites, earliest first."""
