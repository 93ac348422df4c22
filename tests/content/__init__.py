"""The demonstration publication, checked as an editor would."""
