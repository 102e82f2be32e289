"""Exports: files that leave the house. They print what a report returned, masked."""
