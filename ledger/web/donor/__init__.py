"""The page of a donor, behind a private link."""
