"""The Social Media Registry: official accounts and custody of their credentials."""
