"""One file a publisher; ``ALL`` is the table."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from provender.catalogue.publisher import Reader
from provender.catalogue.sources import fdc, fndds, off, plain_csv, sr, sr_cronometer

ALL: Final[Mapping[str, Reader]] = MappingProxyType(
    {
        "fdc": fdc.read,
        "fndds": fndds.read,
        "off": off.read,
        "plain_csv": plain_csv.read,
        "sr": sr.read,
        "sr_cronometer": sr_cronometer.read,
    }
)
