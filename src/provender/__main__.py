"""``python -m provender`` is the same as ``provender``."""

from provender.cli import main

main()
