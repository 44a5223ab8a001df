package io.tailwalk.llama;

import io.tailwalk.core.Plural;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/*
 * The prompt remains in sequence 0. Each prefix reuses its longest part in the cache: a sequence
 * that ends there is extended, otherwise a free one shares the cells, otherwise the least recently
 * used one is evicted. Missing tokens of all prefixes go into one batch, level by level, a token
 * shared by several prefixes once with several sequences; a call therefore costs ceil(missing /
 * batch) decode calls. The last token of a prefix that is completely in the cache is decoded again,
 * in a cell that is released immediately, because the cache keeps no logits.
 *
 * The attention of llama.cpp reads every cell up to the last one in use, whatever its sequence.
 * Branches that no prefix of a wave needs are therefore evicted before the wave is decoded, until
 * at most twice the cells that the wave needs are in use: walks can still return, and a sampler
 * that starts over loses its old walks immediately. Remaining old walks would be scattered and
 * leave no contiguous room for a batch, which would then be placed after them.
 */
/** Keeps the KV cache along the tree of prefixes. */
final class TreeEvaluator implements Evaluator {
  /** Maximal number of cells in use after a wave, as a multiple of those that the wave needs. */
  private static final int CELLS_KEPT = 2;

  private final KvStore store;
  private final int[] prompt;
  private final UsageMeter meter;
  private PrefixTree tree;
  private @Nullable LogProbs promptDistribution;
  private long time;
  private long claimed;
  private boolean states;

  TreeEvaluator(KvStore store, int[] prompt, UsageMeter meter) {
    this.store = store;
    this.prompt = prompt;
    this.meter = meter;
    this.tree = new PrefixTree(store.sequences());
  }

  @Override
  public LogProbs[] distributions(int[][] prefixes) {
    LogProbs behindPrompt = promptDistribution();
    Map<List<Integer>, BatchEntry> found = evaluate(prefixes);
    LogProbs[] distributions = new LogProbs[prefixes.length];
    for (int i = 0; i < prefixes.length; i++) {
      distributions[i] =
          prefixes[i].length == 0
              ? behindPrompt
              : Objects.requireNonNull(found.get(PrefixKeys.of(prefixes[i]))).distribution();
    }
    return distributions;
  }

  @Override
  public float[][] hidden(int[][] prefixes) {
    var _ = promptDistribution();
    states = true;
    store.showHidden(true);
    try {
      Map<List<Integer>, BatchEntry> found = evaluate(prefixes);
      float[][] hidden = new float[prefixes.length][];
      for (int i = 0; i < prefixes.length; i++) {
        hidden[i] = Objects.requireNonNull(found.get(PrefixKeys.of(prefixes[i]))).hidden().clone();
      }
      return hidden;
    } finally {
      states = false;
      store.showHidden(false);
    }
  }

  private Map<List<Integer>, BatchEntry> evaluate(int[][] prefixes) {
    Map<List<Integer>, BatchEntry> found = new HashMap<>();
    List<int[]> distinct = PrefixKeys.longestFirst(prefixes);
    int next = 0;
    while (next < distinct.size()) {
      next = wave(distinct, next, found);
    }
    return found;
  }

  private LogProbs promptDistribution() {
    if (promptDistribution == null) {
      tree = new PrefixTree(store.sequences());
      promptDistribution = Prefill.run(store, prompt, meter);
      requireLastPosition(0, prompt.length - 1);
    }
    return promptDistribution;
  }

  /**
   * Plans all prefixes that fit, starting with {@code first}, and decodes them; returns the next
   * one.
   */
  private int wave(List<int[]> prefixes, int first, Map<List<Integer>, BatchEntry> found) {
    time++;
    claimed = 0;
    Wave wave = new Wave();
    boolean whole = false;
    try {
      List<BatchEntry> wanted = new ArrayList<>();
      while (first + wanted.size() < prefixes.size()) {
        BatchEntry entry = place(prefixes.get(first + wanted.size()), wave);
        if (entry == null) {
          break;
        }
        entry.want();
        wanted.add(entry);
      }
      if (wanted.isEmpty()) {
        throw overflow(prefixes.get(first).length);
      }
      dropUnclaimed(CELLS_KEPT * (prompt.length + tree.heldBy(claimed) + wave.again().size()));
      decodeAll(wave);
      giveBack(wave);
      for (int i = 0; i < wanted.size(); i++) {
        found.put(PrefixKeys.of(prefixes.get(first + i)), wanted.get(i));
      }
      whole = true;
      return first + wanted.size();
    } finally {
      if (!whole) {
        promptDistribution = null;
      }
    }
  }

  /** Plans the missing tokens of a prefix; null if there is no room in this wave. */
  private @Nullable BatchEntry place(int[] prefix, Wave wave) {
    while (true) {
      PathNode deepest = tree.deepest(prefix);
      boolean whole = deepest.depth() == prefix.length;
      BatchEntry planned = deepest.pending();
      if (whole && planned != null) {
        return planned;
      }
      PathNode base = whole ? deepest.parent() : deepest;
      int cells = prompt.length + tree.size() + wave.again().size() + prefix.length - base.depth();
      int sequence = cells <= store.cells() ? sequenceAt(base) : -1;
      if (sequence >= 0) {
        claimed |= 1L << sequence;
        tree.touch(sequence, time);
        return whole ? wave.again(deepest, sequence) : grow(sequence, base, prefix, wave);
      }
      if (!makeRoom(base)) {
        return null;
      }
    }
  }

  private BatchEntry grow(int sequence, PathNode base, int[] prefix, Wave wave) {
    PathNode end = base;
    BatchEntry last = null;
    for (int i = base.depth(); i < prefix.length; i++) {
      end = tree.extend(sequence, end, prefix[i]);
      last = wave.fill(end);
    }
    return Objects.requireNonNull(last);
  }

  /** A sequence, not claimed in this wave, that holds exactly the path to a node; or -1. */
  private int sequenceAt(PathNode base) {
    int ending = tree.endingAt(base, claimed);
    if (ending >= 0) {
      return ending;
    }
    int free = tree.free();
    if (free >= 0) {
      PathNode filled = base;
      while (filled.pending() != null) {
        filled = filled.parent();
      }
      int source = Long.numberOfTrailingZeros(filled.sequenceBits());
      store.share(filled.isRoot() ? 0 : source, free, prompt.length + filled.depth());
      tree.assign(free, base);
    }
    return free;
  }

  /** Evicts the least recently used sequence, but not the path to {@code base}. */
  private boolean makeRoom(PathNode base) {
    int victim = tree.leastRecent(claimed, base);
    if (victim < 0) {
      return false;
    }
    if (base.sequenceBits() == 1L << victim) {
      rollBack(victim, base);
    } else {
      release(victim);
    }
    return true;
  }

  /**
   * Evicts sequences that are not claimed in this wave, the least recently used first, until at
   * most {@code cells} cells are planned or in use; returns whether one was evicted.
   */
  private boolean dropUnclaimed(int cells) {
    boolean dropped = false;
    while (prompt.length + tree.size() > cells) {
      int victim = tree.leastRecent(claimed, null);
      if (victim < 0) {
        break;
      }
      release(victim);
      dropped = true;
    }
    return dropped;
  }

  private void release(int sequence) {
    requireTruncated(sequence, 0);
    tree.release(sequence);
  }

  private void rollBack(int sequence, PathNode to) {
    requireTruncated(sequence, prompt.length + to.depth());
    tree.truncate(sequence, to);
    requireLastPosition(sequence, prompt.length + to.depth() - 1);
  }

  private void decodeAll(Wave wave) {
    List<BatchEntry> entries = wave.inDepthOrder();
    for (int start = 0; start < entries.size(); start += store.batchTokens()) {
      decode(entries.subList(start, Math.min(entries.size(), start + store.batchTokens())));
    }
    for (int s = 1; s < store.sequences(); s++) {
      PathNode end = tree.end(s);
      if ((claimed >>> s & 1) == 1 && end != null) {
        requireLastPosition(s, prompt.length + end.depth() - 1 + wave.extraTokens(s));
      }
    }
  }

  /**
   * Decodes entries at once. If the cache has no room in one piece, every unclaimed sequence is
   * evicted first; entries that still do not fit are decoded in halves.
   */
  private void decode(List<BatchEntry> entries) {
    store.clearBatch();
    for (BatchEntry entry : entries) {
      int position = prompt.length + entry.depth() - 1;
      store.add(entry.token(), position, entry.sequenceBits(), entry.wanted());
    }
    meter.decode();
    int code = store.decode();
    if (code == 0) {
      meter.call();
      for (int i = 0; i < entries.size(); i++) {
        BatchEntry entry = entries.get(i);
        if (entry.wanted()) {
          entry.read(store, i, states);
        }
        entry.done();
        meter.completionToken(entry.path());
      }
    } else if (dropUnclaimed(0)) {
      decode(entries);
    } else if (entries.size() > 1) {
      decode(entries.subList(0, entries.size() / 2));
      decode(entries.subList(entries.size() / 2, entries.size()));
    } else {
      throw overflow(entries.getFirst().depth());
    }
  }

  private void giveBack(Wave wave) {
    for (int sequence : wave.againSequences()) {
      PathNode end = Objects.requireNonNull(tree.end(sequence));
      requireTruncated(sequence, prompt.length + end.depth());
    }
  }

  private ModelException overflow(int completionTokens) {
    return new ModelException(
        "context overflow: a prompt of "
            + prompt.length
            + " and a completion of "
            + completionTokens
            + " "
            + Plural.noun(completionTokens, "token")
            + " do not fit into a KV cache of "
            + store.cells()
            + " tokens"
            + store.reason()
            + "; raise the context size");
  }

  private void requireTruncated(int sequence, int from) {
    if (!store.truncate(sequence, from)) {
      throw new RollbackRefusedException(
          "the model does not roll back to position " + from + " of sequence " + sequence);
    }
  }

  private void requireLastPosition(int sequence, int expected) {
    int actual = store.lastPosition(sequence);
    if (actual != expected) {
      throw new RollbackRefusedException(
          "sequence " + sequence + " ends at position " + actual + ", not at " + expected);
    }
  }
}
