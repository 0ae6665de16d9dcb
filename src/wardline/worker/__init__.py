"""The worker: takes what is due, one thing at a time, until it is told to stop."""
