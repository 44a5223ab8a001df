package io.tailwalk.core.model;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a model can do. Whoever has the whole distribution of the next token can draw from it, score
 * with it and read its most probable tokens, so {@link Capability#DISTRIBUTION} includes these;
 * {@link #drawsItself} tells a model that draws without showing the distribution.
 *
 * @param direct what the model can be asked for directly
 * @param logProbs what its log-probabilities are those of
 * @param seeds what it does with the seeds of draws
 * @param mostTop largest number of most probable tokens that can be asked for; 0 without {@link
 *     Capability#TOP_K}, {@link Integer#MAX_VALUE} for all
 */
public record Capabilities(
    Set<Capability> direct, LogProbKind logProbs, SeedUse seeds, int mostTop) {

  /** What the log-probabilities of a model are those of. */
  public enum LogProbKind {
    /** The model's own distribution. */
    RAW,
    /** The distribution at the temperature of the request. */
    TEMPERED,
    /** The distribution after all that the server does to it. */
    PROCESSED,
    /** Not known. */
    UNKNOWN
  }

  /** What a model that draws does with seeds. */
  public enum SeedUse {
    /** The same seed gives the same draw. */
    STRICT,
    /** The same seed usually gives the same draw. */
    BEST_EFFORT,
    /** Seeds have no effect: draws cannot be repeated. */
    NONE
  }

  /** A model in this process: everything follows from its distributions. */
  public static final Capabilities COMPUTED =
      new Capabilities(Set.of(Capability.DISTRIBUTION), LogProbKind.RAW, SeedUse.STRICT);

  /** Keeps an immutable copy; refuses a number of tokens that contradicts the set. */
  public Capabilities {
    direct = Set.copyOf(direct);
    boolean lists = direct.contains(Capability.TOP_K) || direct.contains(Capability.DISTRIBUTION);
    if (lists ? mostTop < 1 : mostTop != 0) {
      throw new IllegalArgumentException(
          "a model that can be asked for " + direct + " cannot list " + mostTop + " tokens");
    }
  }

  /** Of a model that lists all tokens if it shows distributions, and none otherwise. */
  public Capabilities(Set<Capability> direct, LogProbKind logProbs, SeedUse seeds) {
    this(direct, logProbs, seeds, direct.contains(Capability.DISTRIBUTION) ? Integer.MAX_VALUE : 0);
  }

  /**
   * Whether the model can do something, directly or by its distributions; who draws continuations
   * draws complete responses too.
   */
  public boolean can(Capability capability) {
    return direct.contains(capability)
        || (capability == Capability.RESPONSE && direct.contains(Capability.DRAW))
        || (capability != Capability.HIDDEN && direct.contains(Capability.DISTRIBUTION));
  }

  /** Whether the model can do all of some things. */
  public boolean can(Set<Capability> capabilities) {
    return capabilities.stream().allMatch(this::can);
  }

  /** The same with one more thing that the model can be asked for, which is not TOP_K. */
  public Capabilities with(Capability more) {
    Set<Capability> all = EnumSet.of(more);
    all.addAll(direct);
    return new Capabilities(all, logProbs, seeds, mostTop);
  }

  /**
   * What follows from the distributions of another model after a change, in this process: its
   * hidden states remain.
   */
  static Capabilities computedOver(Capabilities base) {
    return base.can(Capability.HIDDEN) ? COMPUTED.with(Capability.HIDDEN) : COMPUTED;
  }

  /** Whether the model draws continuations, or at least complete responses, itself. */
  public boolean drawsItself() {
    return direct.contains(Capability.DRAW) || direct.contains(Capability.RESPONSE);
  }

  /** The same without what is not among the given capabilities. */
  public Capabilities only(Set<Capability> kept) {
    Set<Capability> left = EnumSet.noneOf(Capability.class);
    direct.stream().filter(kept::contains).forEach(left::add);
    boolean lists = left.contains(Capability.TOP_K) || left.contains(Capability.DISTRIBUTION);
    return new Capabilities(left, logProbs, seeds, lists ? mostTop : 0);
  }

  /** Everything that the model can do, as words for a sentence; what is included is left out. */
  public String words() {
    return Arrays.stream(Capability.values())
        .filter(this::can)
        .filter(capability -> capability != Capability.RESPONSE || !can(Capability.DRAW))
        .map(Capability::words)
        .collect(Collectors.joining(", "));
  }
}
