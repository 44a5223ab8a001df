package io.tailwalk.lab.reinforce;

import io.tailwalk.lab.Scale;

/**
 * Sizes of the experiment. Everything that a problem's reinforcement learning may spend is the same
 * for each checkpoint.
 *
 * @param intervals intervals of the fine-tuning run at whose ends reinforcement learning begins
 * @param problems problems of the rare rule, each with a run of its own from each checkpoint
 * @param heldOut other prompts of the rare rule, on which coverage and pass@N are measured
 * @param dataPrompts prompts of the fine-tuning data, on which cross-entropy is measured
 * @param steps steps of policy gradient on a problem
 * @param group draws in a step
 * @param rate learning rate of Adam
 */
record RlPlan(
    int intervals, int problems, int heldOut, int dataPrompts, int steps, int group, double rate) {

  static RlPlan of(Scale scale) {
    return switch (scale) {
      case QUICK -> new RlPlan(8, 64, 256, 512, 4, 4, 1e-3);
      case FULL -> new RlPlan(10, 256, 1024, 2048, 4, 4, 1e-3);
    };
  }

  /** Draws that are spent on a problem: the N of pass@N. */
  int draws() {
    return steps * group;
  }

  /** The N of coverage: half of the draws, as in arXiv 2510.15020, Fig. 1. */
  double level() {
    return draws() / 2.0;
  }
}
