"""What any page is set with: fonts, shaping, directions, codes, the measures of DIN 5008."""
