"""Plan, child process per benchmark, events, resume."""
