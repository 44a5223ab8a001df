package io.tailwalk.console.flags;

import io.tailwalk.core.verify.ReasoningTags;
import io.tailwalk.runs.Request;
import io.tailwalk.runs.work.InputException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flag for models that reason before they answer. */
public final class ReasoningFlag {
  @Option(
      names = "--reasoning",
      paramLabel = "OPEN,CLOSE",
      arity = "0..1",
      fallbackValue = "<think>,</think>",
      description =
          "The model reasons between these tags before it answers; the verifier judges only what"
              + " follows the closing tag, and a completion without it fails. The tags without a"
              + " value: <think>,</think>. Default: no reasoning.")
  private @Nullable String tags;

  /** The request with the tags; refuses invalid ones. */
  public Request of(Request request) {
    return tags().map(request::reasoning).orElse(request);
  }

  /** The tags; empty for no reasoning. Refuses invalid ones. */
  public Optional<ReasoningTags> tags() {
    try {
      return Optional.ofNullable(tags).map(ReasoningTags::parse);
    } catch (IllegalArgumentException e) {
      throw new InputException("--reasoning: " + e.getMessage(), e);
    }
  }
}
