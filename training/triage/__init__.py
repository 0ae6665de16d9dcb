"""Fit the weights that triage starts from: `python -m training.triage --data FOLDER`."""
