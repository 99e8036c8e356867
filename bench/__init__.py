"""What each action of a user costs, measured: ``make bench``."""
