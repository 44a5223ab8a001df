package io.tailwalk.core.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A model whose next-token distributions are cut: its log-probabilities, also of given texts, are
 * those of the cut distributions.
 */
public final class TruncatedModel implements LanguageModel {
  private final LanguageModel base;
  private final Truncation truncation;

  private TruncatedModel(LanguageModel base, Truncation truncation) {
    this.base = base;
    this.truncation = truncation;
  }

  /**
   * The model with cut distributions; the model itself if nothing is cut.
   *
   * @param base the model at the temperature that applies before the cuts
   * @throws ModelException if the model shows no distributions
   */
  public static LanguageModel of(LanguageModel base, Truncation truncation) {
    if (truncation.isNone()) {
      return base;
    }
    if (!base.capabilities().can(Capability.DISTRIBUTION)) {
      throw new ModelException(
          base.identity().name()
              + " shows no distributions, which top_k, top_p and min_p need; leave them out");
    }
    return new TruncatedModel(base, truncation);
  }

  @Override
  public ModelIdentity identity() {
    ModelIdentity id = base.identity();
    String cut = truncation.params().toString().replaceAll("[{}]", "");
    return new ModelIdentity(
        id.name(), id.description() + ", cut by " + cut, id.fingerprint() + "|" + cut, id.engine());
  }

  @Override
  public Capabilities capabilities() {
    return Capabilities.computedOver(base.capabilities());
  }

  @Override
  public OptionalInt hiddenWidth() {
    return base.hiddenWidth();
  }

  @Override
  public Vocabulary vocabulary() {
    return base.vocabulary();
  }

  @Override
  public Optional<ChatFormat> chatFormat() {
    return base.chatFormat();
  }

  @Override
  public int[] encode(Prompt prompt) {
    return base.encode(prompt);
  }

  @Override
  public ModelContext open(int[] promptTokenIds, ContextOptions options) {
    return new MappedContext(base.open(promptTokenIds, options), truncation::of);
  }

  @Override
  public List<ServedUsage> servedUsage() {
    return base.servedUsage();
  }

  @Override
  public void close() {
    base.close();
  }
}
