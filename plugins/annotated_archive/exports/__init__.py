"""Write what goes out beside the pages: one file an export."""
