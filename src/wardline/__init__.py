"""Wardline puts a hospital's social media guidelines to work."""
