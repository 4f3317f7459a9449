"""ReportLab: letters by DIN 5008 and their checks."""
