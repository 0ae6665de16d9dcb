"""How good the checker is: measures, and the table that `make eval` prints."""
