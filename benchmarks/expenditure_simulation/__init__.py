"""Simulated people who eat, log and weigh themselves, and the rival methods that read their logs."""
