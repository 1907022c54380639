"""One self-contained HTML page, and the comparison of runs."""
