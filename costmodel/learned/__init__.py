"""Models fitted on measurements: features, fitting, prediction with intervals, files."""
