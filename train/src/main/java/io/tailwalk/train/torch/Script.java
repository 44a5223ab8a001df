package io.tailwalk.train.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A TorchScript module: functions that PyTorch runs from start to end in one call. DJL's own array
 * operations cost about 4 us each and know no fused attention; a complete forward pass in one call
 * avoids both. Gradients flow through it as through any operation.
 */
public final class Script implements AutoCloseable {
  private final PtSymbolBlock block;
  private final NDManager manager;
  private final Map<String, NDArray> methodNames = new LinkedHashMap<>();

  private Script(PtSymbolBlock block, NDManager manager) {
    this.block = block;
    this.manager = manager;
  }

  /**
   * Loads a module whose source is a resource.
   *
   * @param owner class in whose package the resource is
   * @param resource name of the source
   * @param attributes in the order of their declaration: Integer, Double, Boolean or int[]
   * @param manager owns the module
   */
  public static Script load(
      Class<?> owner, String resource, Map<String, Object> attributes, NDManager manager) {
    try (InputStream in = owner.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource " + resource + " next to " + owner);
      }
      byte[] archive =
          ScriptArchive.of(new String(in.readAllBytes(), StandardCharsets.UTF_8), attributes);
      PtNDManager own = (PtNDManager) manager.newSubManager();
      return new Script(
          JniUtils.loadModule(own, new ByteArrayInputStream(archive), false, false), own);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs a method; the result belongs to the first argument's manager.
   *
   * @param method name in the source
   * @param gradient whether gradients are to flow back through the call
   * @param arguments in order
   */
  public NDArray run(String method, boolean gradient, NDArray... arguments) {
    var inputs = new NDList(arguments.length + 1);
    inputs.addAll(Arrays.asList(arguments));
    inputs.add(methodNames.computeIfAbsent(method, this::methodName));
    // Optimised graphs round differently from the first, unoptimised runs of the same graph, and
    // so // would a resumed run from an uninterrupted one. The setting belongs to the thread.
    JniUtils.setGraphExecutorOptimize(false);
    // DJL's own switch for runs without gradients makes PyTorch warn on stderr; the mode does not.
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(gradient);
    try {
      return IValueUtils.forward(block, inputs, true).singletonOrThrow();
    } finally {
      JniUtils.setGradMode(before);
    }
  }

  /** DJL takes the method's name from the name of an array among the arguments. */
  private NDArray methodName(String method) {
    NDArray carrier = manager.zeros(new Shape(1));
    carrier.setName("module_method:" + method);
    return carrier;
  }

  @Override
  public void close() {
    manager.close();
  }
}
