"""Clients: the dock with search, worklist and card; the editor; callbacks and returned mail."""
