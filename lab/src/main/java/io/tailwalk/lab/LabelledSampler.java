package io.tailwalk.lab;

import io.tailwalk.sampling.Sampler;

/** A sampler as it enters an experiment, under the label of its row. */
public interface LabelledSampler {
  /** Descents guided by the value, without a way back: locally constrained decoding. */
  String ACTION_LEVEL = "action-level";

  /** Whole responses from the model until one passes. */
  String OUTCOME_LEVEL = "outcome-level";

  /** Value-guided backtracking as published. */
  String VGB = "vgb";

  /** The walk that keeps its direction. */
  String MOMENTUM = "vgb-momentum";

  /** Particles. */
  String SMC = "smc";

  /** The sampler that the program uses by default. */
  String AUTO = "auto";

  /** Its row in tables. */
  String label();

  /** The sampler itself, with its parameters. */
  Sampler sampler();
}
