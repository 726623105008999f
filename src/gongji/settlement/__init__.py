"""Settlement messages of the national platform: whether their amounts balance, how they split."""
