"""What foods contain: one immutable artifact, its search index, its sources."""
