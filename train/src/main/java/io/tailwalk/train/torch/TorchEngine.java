package io.tailwalk.train.torch;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import io.tailwalk.values.LearningException;

/**
 * Starts PyTorch inside this process, once. The native libraries (about 430 MB) are unpacked from
 * the class path into the user's cache the first time; nothing is downloaded. The place is {@code
 * DJL_CACHE_DIR} if it is set, otherwise {@code -Dtailwalk.native.cache}, otherwise {@code
 * tailwalk/native} in the user's cache folder.
 */
public final class TorchEngine {
  private static boolean started;

  private TorchEngine() {}

  /**
   * The running engine.
   *
   * @throws MissingEngineException if the native libraries are missing for this platform or cannot
   *     be unpacked
   */
  public static synchronized Engine get() {
    if (!started) {
      DjlSettings.apply();
    }
    try {
      Engine engine = Engine.getEngine("PyTorch");
      started = true;
      return engine;
    } catch (EngineException | IllegalArgumentException | LinkageError e) {
      throw new MissingEngineException(
          "cannot start PyTorch ("
              + rootMessage(e)
              + "); use the full distribution instead of the slim one, or add the jars pytorch-jni"
              + " and pytorch-native-cpu for this platform, and keep 500 MB free in "
              + cacheFolder(),
          e);
    }
  }

  /**
   * Maximal number of threads of one operation. Results are bit-identical only between runs with
   * the same number.
   *
   * @param threads at least 1
   */
  public static void useThreads(int threads) {
    if (threads < 1) {
      throw new LearningException("threads must be at least 1, got " + threads);
    }
    get();
    JniUtils.setNumThreads(threads);
  }

  /** Maximal number of threads of one operation. */
  public static int threads() {
    get();
    return JniUtils.getNumThreads();
  }

  private static String cacheFolder() {
    String chosen = System.getenv("DJL_CACHE_DIR");
    return chosen != null ? chosen : System.getProperty("DJL_CACHE_DIR", "the cache folder");
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = String.valueOf(root.getMessage()).lines().findFirst().orElse("unknown");
    // Deep Java Library would download what the class path lacks.
    return message.startsWith("Offline mode") ? "its native library is missing" : message;
  }
}
