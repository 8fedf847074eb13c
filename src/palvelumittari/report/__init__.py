"""Results: verdicts made from judgements, sentences in three languages, text for people to read."""
