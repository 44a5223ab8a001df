package io.tailwalk.train.linear;

import java.util.Collection;

/** Checks of cells. */
final class Cells {
  private Cells() {}

  /** Refuses an empty collection, cells of different vocabularies, coordinates out of range. */
  static void check(int dimension, Collection<Cell> cells) {
    if (cells.isEmpty()) {
      throw new IllegalArgumentException("a feature map needs at least one cell");
    }
    int vocabularySize = cells.iterator().next().vocabularySize();
    for (Cell cell : cells) {
      if (cell.vocabularySize() != vocabularySize) {
        throw new IllegalArgumentException(
            "cells of " + vocabularySize + " and of " + cell.vocabularySize() + " tokens");
      }
      for (int i = 0; i < cell.width(); i++) {
        if (cell.coordinate(i) < 0 || cell.coordinate(i) >= dimension) {
          throw new IllegalArgumentException(
              "a cell has coordinate " + cell.coordinate(i) + ", theta has " + dimension);
        }
      }
    }
  }
}
