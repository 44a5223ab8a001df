package io.tailwalk.train.run;

import io.tailwalk.train.data.Example;
import io.tailwalk.train.data.TrainingData;
import io.tailwalk.train.model.TokenBatch;
import io.tailwalk.train.model.Transformer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Given examples, weighted by an objective.
 *
 * @param data the examples
 * @param settings the unit over which the loss is averaged, and the size of its parts
 * @param objective the weights
 */
record WeightedData(TrainingData data, TrainingSettings settings, Objective objective)
    implements StepSource {
  @Override
  public StepBatch batch(Transformer model, long step) {
    List<Example> examples = data.batch(step);
    List<TokenBatch> parts = new ArrayList<>();
    double total = 0;
    int tokens = 0;
    for (int from = 0; from < examples.size(); from += settings.microBatch()) {
      int to = Math.min(examples.size(), from + settings.microBatch());
      TokenBatch part = objective.weighted(model, TokenBatch.of(examples.subList(from, to)));
      parts.add(part);
      total += part.weight();
      tokens += part.rows();
    }
    double count = settings.mean() == TrainingSettings.LossMean.SEQUENCE ? examples.size() : total;
    return new StepBatch(parts, count > 0 ? 1 / count : 0, tokens, Optional.empty());
  }

  @Override
  public String fingerprint() {
    return data.fingerprint();
  }

  @Override
  public String follows() {
    return objective.fingerprint();
  }
}
