"""Reports: questions put to the book. They read, and never write."""
