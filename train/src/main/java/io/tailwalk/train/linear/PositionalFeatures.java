package io.tailwalk.train.linear;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Features of prompt, position and token alone: tokens of a response are independent given the
 * prompt.
 */
public final class PositionalFeatures implements FiniteStateFeatures {
  private final int dimension;
  private final List<List<Cell>> cells;

  /**
   * One list of cells for each prompt, one cell for each position.
   *
   * @param dimension of theta
   * @throws IllegalArgumentException if a prompt has no position, or cells disagree with each other
   *     or with the dimension
   */
  public PositionalFeatures(int dimension, List<List<Cell>> cells) {
    this.dimension = dimension;
    this.cells = cells.stream().map(List::copyOf).toList();
    Cells.check(dimension, this.cells.stream().flatMap(List::stream).toList());
    if (this.cells.stream().anyMatch(List::isEmpty)) {
      throw new IllegalArgumentException("every prompt needs a response of at least one token");
    }
  }

  /** The same cell at every position. */
  public static List<Cell> repeated(int length, Cell cell) {
    return new ArrayList<>(Collections.nCopies(length, cell));
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public int vocabularySize() {
    return cells.getFirst().getFirst().vocabularySize();
  }

  @Override
  public int prompts() {
    return cells.size();
  }

  @Override
  public int length(int prompt) {
    return cells.get(prompt).size();
  }

  @Override
  public Cell cell(int prompt, int[] response, int h) {
    return cells.get(prompt).get(h);
  }

  @Override
  public int startState() {
    return 0;
  }

  @Override
  public int nextState(int state, int token) {
    return 0;
  }

  @Override
  public Cell cellIn(int prompt, int h, int state) {
    return cells.get(prompt).get(h);
  }
}
