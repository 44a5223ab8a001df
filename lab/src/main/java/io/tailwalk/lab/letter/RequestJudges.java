package io.tailwalk.lab.letter;

import io.tailwalk.core.model.LanguageModel;
import java.util.HashMap;
import java.util.Map;

/** A judge of completions for each request; the caller closes the model after them. */
final class RequestJudges implements AutoCloseable {
  private final LanguageModel model;
  private final Map<String, Judge> judges = new HashMap<>();

  RequestJudges(LanguageModel model) {
    this.model = model;
  }

  /** The judge's log-probability of a text after a request, nats. */
  double logProb(String request, String text) {
    return judges
        .computeIfAbsent(request, line -> new Judge(model, line + "\n"))
        .score(text)
        .logProb();
  }

  @Override
  public void close() {
    judges.values().forEach(Judge::close);
  }
}
