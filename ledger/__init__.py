"""The ledger of charity supermarkets: donated goods, points, redemptions, and a journal nobody can quietly change."""
