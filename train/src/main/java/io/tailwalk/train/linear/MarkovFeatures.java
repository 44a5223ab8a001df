package io.tailwalk.train.linear;

import java.util.ArrayList;
import java.util.List;

/** Features of the prompt, the token and the token before it: every response is a Markov chain. */
public final class MarkovFeatures implements FiniteStateFeatures {
  private final int dimension;
  private final int length;
  private final List<List<Cell>> cells;

  /**
   * One list of cells for each prompt: the first for the first token, then one for each possible
   * preceding token.
   *
   * @param dimension of theta
   * @param length tokens in every response
   * @throws IllegalArgumentException if the cells of a prompt are not one more than the tokens, or
   *     cells disagree with each other or with the dimension
   */
  public MarkovFeatures(int dimension, int length, List<List<Cell>> cells) {
    this.dimension = dimension;
    this.length = length;
    this.cells = cells.stream().map(List::copyOf).toList();
    List<Cell> all = new ArrayList<>();
    this.cells.forEach(all::addAll);
    Cells.check(dimension, all);
    for (List<Cell> prompt : this.cells) {
      if (prompt.size() != vocabularySize() + 1) {
        throw new IllegalArgumentException(
            "a prompt has " + prompt.size() + " cells, expected " + (vocabularySize() + 1));
      }
    }
    if (length < 1) {
      throw new IllegalArgumentException("length must be at least 1, got " + length);
    }
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
    return length;
  }

  @Override
  public Cell cell(int prompt, int[] response, int h) {
    return cells.get(prompt).get(h == 0 ? 0 : response[h - 1] + 1);
  }

  @Override
  public int startState() {
    return 0;
  }

  @Override
  public int nextState(int state, int token) {
    return token + 1;
  }

  @Override
  public Cell cellIn(int prompt, int h, int state) {
    return cells.get(prompt).get(state);
  }
}
