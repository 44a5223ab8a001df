package io.tailwalk.coverage.stats;

import java.util.Arrays;

/**
 * The number of prompts for each number of rows: all the information that a valid clustered band
 * needs.
 */
public final class PromptSizes {
  private final long[] promptsOfSize;

  private PromptSizes(long[] promptsOfSize) {
    this.promptsOfSize = promptsOfSize;
  }

  /** One prompt per row. */
  public static PromptSizes independent(long rows) {
    return new PromptSizes(new long[] {0, rows});
  }

  /** Element s is the number of prompts with exactly s rows; element 0 is ignored. */
  public static PromptSizes of(long... promptsOfSize) {
    for (long prompts : promptsOfSize) {
      if (prompts < 0) {
        throw new IllegalArgumentException("negative number of prompts " + prompts);
      }
    }
    return new PromptSizes(promptsOfSize.clone());
  }

  /** Number of prompts. */
  public long prompts() {
    return Arrays.stream(promptsOfSize).skip(1).sum();
  }

  /** Number of rows. */
  public long rows() {
    long rows = 0;
    for (int size = 1; size < promptsOfSize.length; size++) {
      rows += size * promptsOfSize[size];
    }
    return rows;
  }

  /**
   * Effective number of prompts of equal size, {@code rows^2 / sum size^2}: the number of prompts
   * if all have the same number of rows, and little more than one if one prompt has almost all
   * rows. A mean over rows depends on that number.
   */
  public double effectivePrompts() {
    double squares = 0;
    for (int size = 1; size < promptsOfSize.length; size++) {
      squares += (double) size * size * promptsOfSize[size];
    }
    double rows = rows();
    return squares == 0 ? 0 : rows * rows / squares;
  }

  /** Whether no prompt has more than one row. */
  public boolean rowsAreIndependent() {
    return rows() == prompts();
  }

  /** Element r is the number of prompts with more than r rows: the size of the r-th layer. */
  long[] layers() {
    int largest = promptsOfSize.length - 1;
    while (largest > 0 && promptsOfSize[largest] == 0) {
      largest--;
    }
    long[] layers = new long[Math.max(largest, 0)];
    long prompts = 0;
    for (int size = largest; size >= 1; size--) {
      prompts += promptsOfSize[size];
      layers[size - 1] = prompts;
    }
    return layers;
  }
}
