package io.tailwalk.coverage.stats;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Made tables in which prompts have several rows, for tests of intervals. */
public final class ClusteredRows {
  private ClusteredRows() {}

  /** Dependence between the rows of a prompt; each row alone is uniform on [0, 1). */
  public enum Dependence {
    /** Independent rows. */
    NONE {
      @Override
      public void fill(double[] rows, SplittableRandom random) {
        Arrays.setAll(rows, _ -> random.nextDouble());
      }
    },
    /** All rows equal. */
    COPIES {
      @Override
      public void fill(double[] rows, SplittableRandom random) {
        Arrays.fill(rows, random.nextDouble());
      }
    },
    /** Equal with probability 1/2, otherwise independent. */
    OFTEN_COPIES {
      @Override
      public void fill(double[] rows, SplittableRandom random) {
        double shared = random.nextDouble();
        boolean copies = random.nextBoolean();
        Arrays.setAll(rows, _ -> copies ? shared : random.nextDouble());
      }
    },
    /** Equal in the high tail, spread evenly elsewhere: dependence in the range of a profile. */
    COPIES_IN_THE_HIGH_TAIL {
      @Override
      public void fill(double[] rows, SplittableRandom random) {
        double shared = random.nextDouble();
        Arrays.setAll(rows, r -> shared > 0.7 ? shared : (shared + 0.7 * r / rows.length) % 0.7);
      }
    },
    /** Equal in the low tail, spread evenly elsewhere: dependence in the range of a quantile. */
    COPIES_IN_THE_LOW_TAIL {
      @Override
      public void fill(double[] rows, SplittableRandom random) {
        double shared = random.nextDouble();
        Arrays.setAll(
            rows, r -> shared < 0.3 ? shared : 0.3 + (shared + 0.7 * r / rows.length) % 0.7);
      }
    },
    /** All on the same side of the median, which moves half of the probability together. */
    SAME_SIDE {
      @Override
      public void fill(double[] rows, SplittableRandom random) {
        double side = random.nextBoolean() ? 0.5 : 0;
        Arrays.setAll(rows, _ -> side + random.nextDouble() / 2);
      }
    },
    /** Pairs mirrored at the median, pairs equal. */
    MIRRORED {
      @Override
      public void fill(double[] rows, SplittableRandom random) {
        double u = random.nextDouble();
        Arrays.setAll(rows, r -> r % 2 == 0 ? u : Math.nextDown(1.0) - u);
      }
    };

    /** Fills the rows of one prompt. */
    public abstract void fill(double[] rows, SplittableRandom random);
  }

  /** The sizes of prompts that all have the same number of rows. */
  public static int[] equal(int prompts, int size) {
    int[] sizes = new int[prompts];
    Arrays.fill(sizes, size);
    return sizes;
  }

  /** One row per prompt, except for one prompt with many rows and one with three. */
  public static int[] uneven(int prompts, int largest) {
    int[] sizes = equal(prompts, 1);
    sizes[0] = largest;
    sizes[1] = 3;
    return sizes;
  }

  /** The table's sizes as intervals take them. */
  public static PromptSizes promptSizes(int[] sizes) {
    long[] promptsOfSize = new long[Arrays.stream(sizes).max().orElseThrow() + 1];
    for (int size : sizes) {
      promptsOfSize[size]++;
    }
    return PromptSizes.of(promptsOfSize);
  }
}
