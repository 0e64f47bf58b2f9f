"""What a person wrote or brought: entries, quick log, activities."""
