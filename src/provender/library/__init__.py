"""What is published: studies, what they come to together, articles, claims, and whether something is safe to try."""
