package io.tailwalk.lab;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The size of a run of an experiment. */
public enum Scale {
  /** A quick look, minutes at most; the verdict is about the small cells only. */
  QUICK,
  /** Everything that the claim is about. */
  FULL;

  /** The name on the command line and in JSON. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one of two values that belongs to this scale. */
  public <T> T choose(T quick, T full) {
    return this == QUICK ? quick : full;
  }
}
