"""Write entries of annotations into content files."""
