"""Links that lead out of the site: which there are, what their hosts answer, which are dead."""
