package io.tailwalk.llama;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How several GPUs share a model. */
public enum SplitMode {
  /** One GPU has all layers. */
  NONE(0),
  /** Each GPU has some of the layers, with their part of the cache. */
  LAYER(1),
  /** Each GPU has some rows of every layer, as far as the back end supports it. */
  ROW(2);

  private final int number;

  SplitMode(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  /** The name in flags. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The mode of a name; empty if it is unknown. */
  public static Optional<SplitMode> of(String word) {
    return Arrays.stream(values()).filter(mode -> mode.word().equals(word)).findFirst();
  }

  /** The valid names. */
  public static String words() {
    return Arrays.stream(values()).map(SplitMode::word).collect(Collectors.joining(", "));
  }
}
