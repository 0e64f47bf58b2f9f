"""Every error Provender raises on purpose.

    ProvenderError
    ├── InputError             what a person typed cannot be used: it says what was found and what to do
    │   └── UnitError          an amount in a unit that cannot be converted without guessing
    ├── NotFoundError          a food, entry or day that is not there (or is not yours)
    ├── CatalogueError
    │   ├── ArtifactError      the catalogue file is missing, damaged or of another format version
    │   └── SourceError        a publisher's file cannot be read at all (a damaged row is quarantined instead)
    └── SettingError           an environment variable holds a value that is not allowed

A message says what was found, where, what was expected, and what to do.
"""


class ProvenderError(Exception):
    """The root of every error Provender raises on purpose."""


class InputError(ProvenderError, ValueError):
    """What a person typed cannot be used.

    Args:
        message: What was found, what was expected, what to do.
        field: The name of the field it stands beside, if one.
    """

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class UnitError(InputError):
    """An amount in a unit that cannot be converted without guessing."""


class NotFoundError(ProvenderError, LookupError):
    """A food, an entry or a day that is not there, or is not yours."""


class CatalogueError(ProvenderError):
    """Something is wrong with a catalogue or one of its sources."""


class ArtifactError(CatalogueError):
    """The catalogue file is missing, damaged or of another format version."""


class SourceError(CatalogueError):
    """A publisher's file cannot be read at all."""


class SettingError(ProvenderError, ValueError):
    """An environment variable holds a value that is not allowed."""
