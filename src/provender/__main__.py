"""``python -m provender`` is the same as ``provender``."""

from provender.cli.main import main

main()
