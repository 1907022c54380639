"""What people look at: figures, the page and the comparison of runs."""
