"""Places where documents live."""
