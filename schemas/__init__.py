"""Schemas: what may come in at the door, one for form and JSON alike. They know words, not the ledger."""
