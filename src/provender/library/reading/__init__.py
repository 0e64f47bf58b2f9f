"""How a pasted article is read, one job a module: from bytes to lines, parts, sentences, clauses and claims."""
