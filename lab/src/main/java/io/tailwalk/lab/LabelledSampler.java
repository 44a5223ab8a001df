package io.tailwalk.lab;

import io.tailwalk.sampling.Sampler;
import java.util.LinkedHashMap;
import java.util.Map;

/** A sampler of an experiment, with the label of its row. */
public interface LabelledSampler {
  /** Descents guided by the value, without backtracking: locally constrained decoding. */
  String ACTION_LEVEL = "action-level";

  /** Complete responses from the model until one passes. */
  String OUTCOME_LEVEL = "outcome-level";

  /** Value-guided backtracking as published. */
  String VGB = "vgb";

  /** The walk that keeps its direction. */
  String MOMENTUM = "vgb-momentum";

  /** Particles. */
  String SMC = "smc";

  /** The sampler that the program uses by default. */
  String AUTO = "auto";

  /** The label of its row in tables. */
  String label();

  /** The sampler itself, with its parameters. */
  Sampler sampler();

  /** The parameters of the sampler as texts, for the figures. */
  default Map<String, String> params() {
    Map<String, String> texts = new LinkedHashMap<>();
    sampler().params().forEach((name, value) -> texts.put(name, "" + value));
    return texts;
  }
}
