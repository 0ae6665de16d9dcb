"""What the worker does: each module has `run() -> bool`, true if there was work."""
