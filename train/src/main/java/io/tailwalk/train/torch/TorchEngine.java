package io.tailwalk.train.torch;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import io.tailwalk.train.TrainException;
import java.nio.file.Path;

/**
 * Starts PyTorch inside this process, once. The native libraries (about 430 MB) are unpacked from
 * the class path into the user's cache the first time; nothing is downloaded. The place is {@code
 * DJL_CACHE_DIR} where that is set, else {@code -Dtailwalk.native.cache}, else {@code
 * tailwalk/native} in the user's cache folder.
 */
public final class TorchEngine {
  private static boolean started;

  private TorchEngine() {}

  /**
   * The running engine.
   *
   * @throws TrainException if the native libraries are missing for this platform or cannot be
   *     unpacked
   */
  public static synchronized Engine get() {
    if (!started) {
      prepare();
    }
    try {
      Engine engine = Engine.getEngine("PyTorch");
      started = true;
      return engine;
    } catch (EngineException | UnsatisfiedLinkError e) {
      throw new TrainException(
          "cannot start PyTorch from "
              + System.getProperty("DJL_CACHE_DIR", "DJL_CACHE_DIR")
              + ": "
              + rootMessage(e)
              + "; it needs 500 MB in that folder and a pytorch-native-cpu jar for this platform",
          e);
    }
  }

  /**
   * How many threads one operation may use. Results are bit-identical only between runs with the
   * same number.
   *
   * @param threads at least 1
   */
  public static void useThreads(int threads) {
    if (threads < 1) {
      throw new TrainException("threads must be at least 1, got " + threads);
    }
    get();
    JniUtils.setNumThreads(threads);
  }

  /** How many threads one operation may use. */
  public static int threads() {
    get();
    return JniUtils.getNumThreads();
  }

  private static void prepare() {
    setUnlessSet("ai.djl.offline", "true");
    setUnlessSet("OPT_OUT_TRACKING", "true");
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

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse("unknown");
  }
}
