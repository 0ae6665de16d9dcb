"""What people do in the registry: one step a file."""
