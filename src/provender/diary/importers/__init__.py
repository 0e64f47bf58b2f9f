"""Diaries from elsewhere: one file a format, bytes in, entries and line-numbered problems out; ``ALL`` is the table."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from provender.diary.imported import Imported, Importing
from provender.diary.importers import plain

ALL: Mapping[str, Callable[[bytes, str, Importing], Imported]] = MappingProxyType({"plain": plain.read})
"""Each format by the name of its module."""
