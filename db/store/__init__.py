"""The encrypted local database: the log, the roster, search, projections, print jobs."""
