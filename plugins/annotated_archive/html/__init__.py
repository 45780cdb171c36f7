"""Read captured HTML pages: the article, the comments, and an account of everything else."""
