"""How to measure: calibration, sampling, stopping rule, statistics, verdicts."""
