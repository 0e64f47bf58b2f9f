"""The terminal's door: the same selectors and services as the pages; every command answers ``--json`` too."""
