"""Graph to views: one frozen record for each page, with all that its template shows."""
