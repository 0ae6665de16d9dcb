"""How the reader is taught; run `make train`."""
