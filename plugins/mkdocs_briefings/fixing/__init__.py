"""Problems to mended files: what can be mended without a person's judgement, and nothing else."""
