"""What the body spends, and the plan that follows from a goal."""
