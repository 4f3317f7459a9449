"""Each thing that can go wrong with the server or the line, on a real server."""
