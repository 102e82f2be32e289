"""Lists from Excel, WPS and text files."""
