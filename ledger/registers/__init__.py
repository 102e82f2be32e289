"""The registers: who and what the ledger speaks about. People stand here and nowhere else."""
