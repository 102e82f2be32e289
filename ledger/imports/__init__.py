"""Files in: lists of households, items and the rest, as offices keep them in Excel, WPS or text."""
