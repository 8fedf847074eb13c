"""Figures for spread, trend and agreement: small, exact formulas in plain Python, held against published examples."""
