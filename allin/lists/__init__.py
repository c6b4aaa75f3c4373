"""What the lists of the staff area have in common, whichever app they belong to. It knows neither of the apps."""
