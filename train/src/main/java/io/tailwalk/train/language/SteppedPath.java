package io.tailwalk.train.language;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.tailwalk.train.model.Transformer;
import io.tailwalk.train.run.TokenSteps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The parameters after each token of the completion last followed. A prefix that shares its
 * beginning continues from there, with the same numbers as from the start; the model's own
 * parameters are restored after every question.
 */
final class SteppedPath implements AutoCloseable {
  /** Parameters kept, in bytes; one set is always kept. */
  private static final long MEMORY = 256L << 20;

  private final Transformer model;
  private final TokenSteps steps;
  private final int[] prompt;
  private final boolean moves;
  private final int most;
  private final NDManager owner;
  private final List<Kept> kept = new ArrayList<>();
  private int[] followed = {};

  private record Kept(int length, NDArray parameters) {}

  SteppedPath(Transformer model, int[] prompt, double rate) {
    this.model = model;
    this.steps = new TokenSteps(model, rate);
    this.prompt = prompt;
    this.moves = rate > 0;
    this.most = (int) Math.max(2, MEMORY / (4L * model.layout().size()));
    this.owner = model.newManager();
  }

  /**
   * Asks a question of the model with the parameters after a prefix.
   *
   * @param stepping told of each prefix that is evaluated to make a step after its next token
   */
  <T> T at(int[] prefix, Consumer<int[]> stepping, Supplier<T> question) {
    if (!moves || prefix.length == 0) {
      return question.get();
    }
    try (NDManager scratch = model.newManager()) {
      NDArray trained = model.snapshot(scratch);
      try {
        move(prefix, stepping);
        return question.get();
      } finally {
        model.restore(trained);
      }
    }
  }

  private void move(int[] prefix, Consumer<int[]> stepping) {
    int from = start(prefix);
    followed = Arrays.copyOf(prefix, from);
    for (int h = from; h < prefix.length; h++) {
      int[] before = Arrays.copyOf(prefix, h);
      stepping.accept(before);
      steps.step(joined(before), prefix[h]);
      followed = Arrays.copyOf(prefix, h + 1);
      keep(h + 1);
    }
  }

  /** Goes to the longest kept beginning, and drops what does not belong to this path. */
  private int start(int[] prefix) {
    int mismatch = Arrays.mismatch(followed, prefix);
    int common = mismatch < 0 ? prefix.length : mismatch;
    while (!kept.isEmpty() && kept.getLast().length() > common) {
      kept.removeLast().parameters().close();
    }
    if (kept.isEmpty()) {
      return 0;
    }
    model.restore(kept.getLast().parameters());
    return kept.getLast().length();
  }

  private void keep(int length) {
    if (kept.size() == most) {
      // Every second one goes, so that beginnings of all lengths stay near a kept one.
      for (int i = kept.size() - 2; i >= 0; i -= 2) {
        kept.remove(i).parameters().close();
      }
    }
    kept.add(new Kept(length, model.snapshot(owner)));
  }

  private int[] joined(int[] prefix) {
    int[] all = Arrays.copyOf(prompt, prompt.length + prefix.length);
    System.arraycopy(prefix, 0, all, prompt.length, prefix.length);
    return all;
  }

  @Override
  public void close() {
    owner.close();
  }
}
