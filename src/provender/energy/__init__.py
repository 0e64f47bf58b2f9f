"""What the body spends, what it will weigh, and the plan that follows from a goal."""
