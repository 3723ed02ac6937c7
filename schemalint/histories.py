"""What parsers of migration tools share: scripts out of files, and the places of file names."""
