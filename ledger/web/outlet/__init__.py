"""Pages of an outlet: its staff at a busy counter."""
