"""The records of the shelves, all of them by name.

One file is one record. Its id is the file's name and stands nowhere inside.
What is not known is null or absent, never 0.
"""

from provender.library.claim_records import Claim, Evidence
from provender.library.page_records import Article, FrontMatter, Hub
from provender.library.record import Record
from provender.library.safety_records import RedFlags, Substance
from provender.library.source_records import Source
from provender.library.study_records import Study

__all__ = [
    "Article",
    "Claim",
    "Evidence",
    "FrontMatter",
    "Hub",
    "Record",
    "RedFlags",
    "Source",
    "Study",
    "Substance",
]
