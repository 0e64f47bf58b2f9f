"""What was eaten amounts to, and (later) whether it is enough."""
