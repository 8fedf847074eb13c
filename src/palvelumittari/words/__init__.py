"""The lowest floor: problems and errors, times and durations, texts in several languages."""
