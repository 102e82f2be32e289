"""The doors of the service: pages for people, JSON for programs."""
