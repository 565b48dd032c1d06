"""Chat completions: what nearly every server speaks that has a model."""
