"""The steps by which a database came to its present form; each is frozen once released."""
