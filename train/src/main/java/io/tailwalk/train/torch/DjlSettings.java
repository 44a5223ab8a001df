package io.tailwalk.train.torch;

import java.nio.file.Path;

/**
 * Settings of Deep Java Library, required before any of its libraries is loaded: nothing is
 * downloaded or reported, natives are unpacked into the user's cache. The place is {@code
 * DJL_CACHE_DIR} if it is set, otherwise {@code -Dtailwalk.native.cache}, otherwise {@code
 * tailwalk/native} in the user's cache folder. System properties that are set already are kept.
 */
public final class DjlSettings {
  private DjlSettings() {}

  /** Applies the settings; repeated calls have no effect. */
  public static synchronized void apply() {
    setUnlessSet("ai.djl.offline", "true");
    setUnlessSet("OPT_OUT_TRACKING", "true");
    // With a GPU, the tokenizers would look for a build for it, which is not part of their jar.
    setUnlessSet("RUST_FLAVOR", "cpu");
    setUnlessSet("ai.djl.pytorch.num_interop_threads", "1");
    setUnlessSet("ai.djl.pytorch.graph_optimizer", "false");
    setUnlessSet(
        "ai.djl.pytorch.num_threads",
        Integer.toString(Math.max(1, Runtime.getRuntime().availableProcessors() - 1)));
    if (System.getenv("DJL_CACHE_DIR") == null) {
      setUnlessSet("DJL_CACHE_DIR", cacheFolder().toString());
    }
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private static Path cacheFolder() {
    String chosen = System.getProperty("tailwalk.native.cache");
    if (chosen != null) {
      return Path.of(chosen);
    }
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path base =
        xdg != null && !xdg.isBlank()
            ? Path.of(xdg)
            : Path.of(System.getProperty("user.home", "."), ".cache");
    return base.resolve("tailwalk").resolve("native");
  }
}
