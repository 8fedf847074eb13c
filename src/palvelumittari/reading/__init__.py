"""The reading floor: from files to checked records. Conditions, selectors, notation, rubrics, encounters."""
