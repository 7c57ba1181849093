"""From records to what can be asked: immutable snapshots of the lists, with their times."""
