"""Attacks and faults that the system must survive, each with its figures."""
