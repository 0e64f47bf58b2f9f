"""Simulated diaries whose truth is known, and the ways to judge them that are in use."""
