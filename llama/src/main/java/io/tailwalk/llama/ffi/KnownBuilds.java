package io.tailwalk.llama.ffi;

import io.tailwalk.core.model.ModelException;
import java.nio.file.Path;
import java.util.Map;

/**
 * The parameter layouts of builds whose headers were read (llama.h, {@code llama_model_params} and
 * {@code llama_context_params}): a second opinion on what {@link ParameterLayout} finds.
 */
final class KnownBuilds {
  /** September 2026; 0.6.0 is build b11434 of October. */
  private static final ParameterLayout AUTUMN_2026 =
      new ParameterLayout(28, 44, 52, -1, 104, 133, 24, true, 16, 32, 40);

  private static final Map<String, ParameterLayout> LAYOUTS =
      Map.of(
          // The embedded library, of March 2025.
          "b4916", new ParameterLayout(16, 28, -1, 99, 88, -1, 57, false, 8, 16, 24),
          "0.5.0-dev", AUTUMN_2026,
          "0.5.0", AUTUMN_2026,
          "0.6.0-dev", AUTUMN_2026,
          "0.6.0", AUTUMN_2026);

  private KnownBuilds() {}

  /**
   * The layout that was found in a library.
   *
   * @throws ModelException if the build is in the table with another one
   */
  static ParameterLayout checked(Path library, Build build, ParameterLayout found) {
    ParameterLayout known = LAYOUTS.get(build.version());
    if (known != null && !known.equals(found)) {
      throw new ModelException(
          library
              + " calls itself "
              + build.words()
              + ", but its defaults do not lie where that build has its parameters; name another"
              + " llama.cpp library, or none to use the embedded one");
    }
    return found;
  }
}
