"""What people and the worker do with drafts and publications: one step a file."""
