package io.tailwalk.values;

import io.tailwalk.core.verify.Candidate;
import java.util.List;

/** What a perceptron is shown of a prefix. */
public interface PrefixFeatures {

  /** The name in value files. */
  String kind();

  /** Number of inputs. */
  int width();

  /** The inputs of each prefix, all of the same width; one batch where that is cheaper. */
  List<float[]> of(List<Candidate> prefixes);
}
