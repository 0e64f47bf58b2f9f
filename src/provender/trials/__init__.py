"""When something was tried, whether it helped: one person's own randomised trial, from its design to its answer."""
