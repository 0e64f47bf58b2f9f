"""The words: nutrients, units, errors."""
