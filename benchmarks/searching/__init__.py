"""Parts of the search benchmark: the foods, the rivals, the judgements."""
