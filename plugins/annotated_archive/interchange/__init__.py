"""Take in annotations of other programs: W3C Web Annotations and those of Hypothesis."""
