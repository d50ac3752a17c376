"""One execution: its events, the runner that walks the stages, the history that is kept."""
