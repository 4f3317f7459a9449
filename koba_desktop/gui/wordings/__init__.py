"""The editor of the wordings of letters, for administrators."""
