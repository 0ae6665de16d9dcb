"""Drafts, their clearances, and their publications: from words to the channel."""
