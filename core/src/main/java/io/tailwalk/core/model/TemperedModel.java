package io.tailwalk.core.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A model at a temperature: each next-token distribution is proportional to {@code
 * p^(1/temperature)}. Its log-probabilities are those of the tempered distribution.
 */
public final class TemperedModel implements LanguageModel {
  private final LanguageModel base;
  private final double temperature;

  private TemperedModel(LanguageModel base, double temperature) {
    this.base = base;
    this.temperature = temperature;
  }

  /**
   * The model at a temperature; the model itself when it is 1.
   *
   * @throws IllegalArgumentException unless {@code temperature > 0} and finite
   * @throws ModelException if the model shows no distributions: its draws and scores are at
   *     temperature 1
   */
  public static LanguageModel of(LanguageModel base, double temperature) {
    if (!(temperature > 0) || Double.isInfinite(temperature)) {
      throw new IllegalArgumentException(
          "temperature must be above 0 and finite, got "
              + temperature
              + " (for greedy decoding use a small one)");
    }
    if (temperature == 1.0) {
      return base;
    }
    if (!base.capabilities().can(Capability.DISTRIBUTION)) {
      throw new ModelException(
          base.identity().name()
              + " shows no distributions, so it can be used at temperature 1 only, got "
              + temperature);
    }
    return new TemperedModel(base, temperature);
  }

  /** Distributions and what follows from them; the model's own draws are at temperature 1. */
  @Override
  public Capabilities capabilities() {
    return Capabilities.computedOver(base.capabilities());
  }

  @Override
  public ModelIdentity identity() {
    ModelIdentity id = base.identity();
    return new ModelIdentity(
        id.name(),
        id.description() + " at temperature " + temperature,
        id.fingerprint() + "@" + temperature,
        id.engine());
  }

  @Override
  public Vocabulary vocabulary() {
    return base.vocabulary();
  }

  @Override
  public int[] encode(Prompt prompt) {
    return base.encode(prompt);
  }

  @Override
  public ModelContext open(int[] promptTokenIds, ContextOptions options) {
    return new MappedContext(
        base.open(promptTokenIds, options), distribution -> distribution.tempered(temperature));
  }

  @Override
  public Optional<ChatFormat> chatFormat() {
    return base.chatFormat();
  }

  @Override
  public OptionalInt hiddenWidth() {
    return base.hiddenWidth();
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
