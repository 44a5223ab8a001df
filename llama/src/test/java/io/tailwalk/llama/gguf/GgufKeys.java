package io.tailwalk.llama.gguf;

import java.util.Set;

/** The keys in the table of architectures, for tests of other packages. */
public final class GgufKeys {
  private GgufKeys() {}

  public static Set<String> all() {
    return Architectures.KNOWN.keys().keySet();
  }
}
