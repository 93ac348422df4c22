"""What MkDocs is given and asked: the one layer, with the plugin, that knows it."""
