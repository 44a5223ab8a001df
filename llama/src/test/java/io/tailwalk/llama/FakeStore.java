package io.tailwalk.llama;

import io.tailwalk.core.model.LogProbs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A KV cache in plain Java that is strict where the library is lax: positions of a sequence must be
 * consecutive and unique, and a batch needs one contiguous free cell per token. The distribution
 * after a token is a hash of the tokens that its sequence actually holds.
 */
final class FakeStore implements KvStore {
  static final int VOCABULARY = 5;

  private record Cell(int token, int position, long bits) {}

  private record Pending(int token, int position, long bits, boolean output) {}

  private final @Nullable Cell[] cells;
  private final int sequences;
  private final int batchTokens;
  private final boolean canRollBack;
  private final List<Pending> batch = new ArrayList<>();
  private final List<Integer> placed = new ArrayList<>();
  private boolean states;
  private boolean decodedStates;
  int calls;
  int tokens;
  int refusals;

  FakeStore(int cells, int sequences, int batchTokens, boolean canRollBack) {
    this.cells = new Cell[cells];
    this.sequences = sequences;
    this.batchTokens = batchTokens;
    this.canRollBack = canRollBack;
  }

  /** The distribution after a path, including the prompt. */
  static double[] distribution(int[] path) {
    double[] scores = new double[VOCABULARY];
    SplittableRandom random = new SplittableRandom(Arrays.hashCode(path));
    Arrays.setAll(scores, i -> random.nextDouble());
    return scores;
  }

  @Override
  public int cells() {
    return cells.length;
  }

  @Override
  public int sequences() {
    return sequences;
  }

  @Override
  public int batchTokens() {
    return batchTokens;
  }

  @Override
  public void clearBatch() {
    batch.clear();
  }

  @Override
  public void add(int token, int position, long sequenceBits, boolean output) {
    check(sequenceBits != 0 && 64 - Long.numberOfLeadingZeros(sequenceBits) <= sequences);
    check(batch.size() < batchTokens);
    batch.add(new Pending(token, position, sequenceBits, output));
  }

  @Override
  public int decode() {
    check(!batch.isEmpty());
    int start = freeRun(batch.size());
    if (start < 0) {
      refusals++;
      return 1;
    }
    placed.clear();
    for (Pending p : batch) {
      for (int s = 0; s < sequences; s++) {
        if ((p.bits >>> s & 1) == 1) {
          check(path(s).length == p.position);
        }
      }
      placed.add(start);
      cells[start++] = new Cell(p.token, p.position, p.bits);
    }
    decodedStates = states;
    calls++;
    tokens += batch.size();
    return 0;
  }

  private int freeRun(int length) {
    int run = 0;
    for (int i = 0; i < cells.length; i++) {
      run = cells[i] == null ? run + 1 : 0;
      if (run == length) {
        return i - length + 1;
      }
    }
    return -1;
  }

  /** Cells that belong to a sequence. */
  int used() {
    return (int) Arrays.stream(cells).filter(Objects::nonNull).count();
  }

  @Override
  public String reason() {
    return "";
  }

  @Override
  public LogProbs distribution(int batchIndex) {
    check(!decodedStates);
    return LogProbs.of(distribution(pathTo(batchIndex)));
  }

  private int[] pathTo(int batchIndex) {
    Pending p = batch.get(batchIndex);
    check(p.output);
    int sequence = Long.numberOfTrailingZeros(p.bits);
    return Arrays.copyOf(path(sequence), p.position + 1);
  }

  @Override
  public void showHidden(boolean wanted) {
    states = wanted;
  }

  @Override
  public float[] hidden(int batchIndex) {
    check(decodedStates);
    return hidden(pathTo(batchIndex));
  }

  /** The state after a path, including the prompt. */
  static float[] hidden(int[] path) {
    return new float[] {path.length, Arrays.hashCode(path) % 1000};
  }

  /** The tokens of a sequence, which must have each position once. */
  private int[] path(int sequence) {
    int last = -1;
    for (Cell cell : cells) {
      if (cell != null && (cell.bits >>> sequence & 1) == 1) {
        last = Math.max(last, cell.position);
      }
    }
    int[] path = new int[last + 1];
    Arrays.fill(path, -1);
    for (Cell cell : cells) {
      if (cell != null && (cell.bits >>> sequence & 1) == 1) {
        check(path[cell.position] == -1);
        path[cell.position] = cell.token;
      }
    }
    for (int token : path) {
      check(token >= 0);
    }
    return path;
  }

  @Override
  public boolean truncate(int sequence, int from) {
    if (!canRollBack && from > 0) {
      return false;
    }
    for (int i = 0; i < cells.length; i++) {
      Cell cell = cells[i];
      if (cell != null && cell.position >= from) {
        long bits = cell.bits & ~(1L << sequence);
        cells[i] = bits == 0 ? null : new Cell(cell.token, cell.position, bits);
      }
    }
    return true;
  }

  @Override
  public void share(int source, int target, int positions) {
    check(path(target).length == 0);
    check(path(source).length >= positions);
    for (int i = 0; i < cells.length; i++) {
      Cell cell = cells[i];
      if (cell != null && (cell.bits >>> source & 1) == 1 && cell.position < positions) {
        cells[i] = new Cell(cell.token, cell.position, cell.bits | 1L << target);
      }
    }
  }

  @Override
  public int lastPosition(int sequence) {
    return path(sequence).length - 1;
  }

  @Override
  public void clear() {
    Arrays.fill(cells, null);
  }

  @Override
  public void close() {}

  private static void check(boolean condition) {
    if (!condition) {
      throw new AssertionError("the cache was used wrongly");
    }
  }
}
