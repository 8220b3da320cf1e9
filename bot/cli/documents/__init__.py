"""The commands about documents: import and export."""
