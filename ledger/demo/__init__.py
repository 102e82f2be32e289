"""The demo county: a season of 28 outlets, played through the same operations that real outlets use."""
