"""The doors, as people and programs come to them."""
