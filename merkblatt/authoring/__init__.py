"""What authors are helped with: scaffolds, schemas, translations in step, lists of what there is."""
