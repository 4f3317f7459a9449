"""Paper for everybody: printers and their settings, previews, pictures for printing, files."""
