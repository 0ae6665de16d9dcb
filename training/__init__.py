"""Scripts that train the small models of screening; run by hand, never at run time."""
