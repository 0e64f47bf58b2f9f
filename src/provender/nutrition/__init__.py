"""What was eaten amounts to, whether it is enough, and which foods would close a gap."""
