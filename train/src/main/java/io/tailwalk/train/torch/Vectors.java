package io.tailwalk.train.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Vectors of floating-point numbers in PyTorch's memory. DJL wraps given arrays without copying
 * them; their alignment then varies from run to run, and with it the rounding of matrix products.
 */
public final class Vectors implements AutoCloseable {
  private final NDManager manager;
  private final Script script;

  /** Opens. */
  public Vectors() {
    TorchEngine.get();
    manager = NDManager.newBaseManager("PyTorch");
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("training", true);
    script = Script.load(Vectors.class, "vectors.py", attributes, manager);
  }

  /**
   * A new vector.
   *
   * @param owner frees it
   * @param type 32-bit or 64-bit floating point
   */
  public NDArray create(NDManager owner, float[] values, DataType type) {
    NDArray vector = owner.zeros(new Shape(values.length), type);
    set(vector, values);
    return vector;
  }

  /** Overwrites a vector. */
  public void set(NDArray vector, float[] values) {
    try (NDManager scratch = manager.newSubManager()) {
      copy(scratch.create(values), vector);
    }
  }

  /** Overwrites a vector with another of the same length. */
  public void copy(NDArray from, NDArray to) {
    script.run("copy", false, to, from).close();
  }

  /** Adds a multiple of a vector to another. */
  public void add(NDArray to, double factor, NDArray vector) {
    try (NDManager scratch = manager.newSubManager()) {
      script.run("add", false, to, vector, scratch.create(factor)).close();
    }
  }

  /** Euclidean norm. */
  public static double norm(NDArray vector) {
    try (NDArray norm = vector.norm()) {
      return number(norm);
    }
  }

  /** The number in an array of one. */
  public static double number(NDArray scalar) {
    return scalar.getDataType() == DataType.FLOAT64 ? scalar.getDouble() : scalar.getFloat();
  }

  /** A copy of the values in single precision. */
  public static float[] floats(NDArray vector) {
    try (NDArray floats = vector.toType(DataType.FLOAT32, true)) {
      return floats.toFloatArray();
    }
  }

  /** A copy of the values in double precision. */
  public static double[] doubles(NDArray vector) {
    try (NDArray doubles = vector.toType(DataType.FLOAT64, true)) {
      return doubles.toDoubleArray();
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
