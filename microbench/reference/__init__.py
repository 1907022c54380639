"""Published figures with their sources, rules that refuse impossible ones, and the comparison."""
