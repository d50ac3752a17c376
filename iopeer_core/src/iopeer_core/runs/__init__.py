"""One execution: its events, its report, the history that is kept."""
