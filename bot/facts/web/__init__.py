"""How http facts go out to the web: sessions, the guard, one fetch, and what its answer says."""
