package io.tailwalk.values;

import io.tailwalk.core.verify.Candidate;
import java.util.List;

/** The inputs of a perceptron for a prefix. */
public interface PrefixFeatures {

  /** The name in value files. */
  String kind();

  /** Number of inputs. */
  int width();

  /** The inputs of each prefix, all of the same width; one batch if that is cheaper. */
  List<float[]> of(List<Candidate> prefixes);
}
