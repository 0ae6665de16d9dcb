"""What was done, by whom: an append-only chain that shows any alteration."""
