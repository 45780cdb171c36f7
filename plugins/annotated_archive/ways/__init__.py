"""Lead into the archive: by date, by source site, by commenter; the figures of all of it."""
