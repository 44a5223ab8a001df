package io.tailwalk.lab.masked;

import io.tailwalk.core.random.Chooser;
import io.tailwalk.lab.LabelledSampler;
import io.tailwalk.sampling.masked.MaskedDescent;
import io.tailwalk.sampling.masked.MaskedDraw;
import io.tailwalk.sampling.masked.MaskedValue;
import io.tailwalk.sampling.masked.MaskedWalk;

/**
 * The compared samplers.
 *
 * <p>A walk is read after {@link MaskedPlan#steps} lazy steps and begins again unless it is then on
 * a complete sequence. Descents are repeated as often as the evaluations of such a draw of VGB
 * allow, rounded up, and the first rewarded sequence is the draw.
 */
enum Rival {
  /** The reversible walk. */
  VGB(LabelledSampler.VGB),
  /** The walk that keeps its direction, with the greatest momentum. */
  MOMENTUM(LabelledSampler.MOMENTUM),
  /** Descents guided by the value. */
  ACTION_LEVEL(LabelledSampler.ACTION_LEVEL),
  /** Draws of the model. */
  BEST_OF_N("best-of-n");

  private static final int ATTEMPTS = 1_000_000;

  private final String label;

  Rival(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /** Whether it begins again until it has a sequence. */
  boolean isWalk() {
    return this == VGB || this == MOMENTUM;
  }

  private MaskedWalk walk(MaskedTask task) {
    return this == VGB
        ? MaskedWalk.reversible(task, task.value())
        : MaskedWalk.momentum(task, task.value(), 1);
  }

  private MaskedDescent descent(MaskedTask task) {
    return new MaskedDescent(task, this == ACTION_LEVEL ? task.value() : MaskedValue.ONE);
  }

  /** The distribution of one walk or descent. */
  StateGraph.Outcome once(MaskedTask task, StateGraph graph) {
    return switch (this) {
      case VGB, MOMENTUM -> graph.walk(walk(task), MaskedPlan.steps(task.length()));
      case ACTION_LEVEL -> graph.descent();
      case BEST_OF_N -> graph.model();
    };
  }

  /**
   * Draws with the sampler itself.
   *
   * @param count number of descents; a walk begins again until it has a sequence
   */
  MaskedDraw draw(MaskedTask task, int count, Chooser chooser) {
    return isWalk()
        ? walk(task).draw(MaskedPlan.steps(task.length()), ATTEMPTS, chooser)
        : descent(task).best(task.value(), count, chooser);
  }
}
