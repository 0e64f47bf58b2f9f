"""One file a publisher; ``ALL`` is the table."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from provender.catalogue.publisher import Reader
from provender.catalogue.sources import sr_cronometer

ALL: Final[Mapping[str, Reader]] = MappingProxyType({"sr_cronometer": sr_cronometer.read})
