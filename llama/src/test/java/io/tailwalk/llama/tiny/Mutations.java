package io.tailwalk.llama.tiny;

import io.tailwalk.llama.tiny.RawGguf.Tensor;
import io.tailwalk.llama.tiny.RawGguf.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Every way of damaging one entry or one tensor of a file. */
public final class Mutations {
  /** A damaged file. */
  public record Mutation(String name, RawGguf file) {}

  private static final double[] NUMBERS = {
    0, 1, 2, 3, 5, 7, 17, 63, 64, 65, 1000, -1, -7, 65_535, 1 << 20, Integer.MAX_VALUE, 4294967295.0
  };
  private static final double[] REALS = {
    0, 1, -1, 1e-30, -1e-30, 1e30, -1e30, Double.NaN, Double.POSITIVE_INFINITY
  };
  private static final int LAST_TENSOR_TYPE = 45;

  private Mutations() {}

  /**
   * All damages of a file.
   *
   * @param keys keys that the file may lack
   */
  public static List<Mutation> of(RawGguf file, Set<String> keys) {
    List<Mutation> all = new ArrayList<>();
    Set<String> every = new LinkedHashSet<>(file.entries.keySet());
    every.addAll(keys);
    for (String key : every) {
      RawGguf without = file.copy();
      without.entries.remove(key);
      all.add(new Mutation(key + " removed", without));
      for (Value value : values(Optional.ofNullable(file.entries.get(key)))) {
        RawGguf changed = file.copy();
        changed.entries.put(key, value);
        all.add(new Mutation(key + " type " + value.type() + " case " + all.size(), changed));
      }
    }
    IntStream.range(0, file.tensors.size()).forEach(i -> tensor(file, i, all));
    return all;
  }

  private static List<Value> values(Optional<Value> old) {
    List<Value> values = new ArrayList<>();
    for (int type : new int[] {0, 1, 2, 3, 5, 7, 10, 11, 12}) {
      values.add(Value.number(type, 1));
    }
    for (double number : NUMBERS) {
      values.add(Value.number(4, number));
    }
    for (double real : REALS) {
      values.add(Value.number(6, real));
    }
    values.add(Value.text(""));
    values.add(Value.text("x"));
    values.add(Value.array(Value.text("x"), 1));
    values.add(Value.array(Value.text(""), 3));
    for (int type : new int[] {0, 4, 5, 6, 7, 11}) {
      for (int length : new int[] {0, 1, 4, 600}) {
        values.add(Value.array(Value.number(type, 2), length));
      }
    }
    values.add(Value.array(Value.number(4, 0), 1));
    values.add(Value.array(Value.number(4, 4294967295.0), 1));
    values.add(Value.array(Value.number(6, Double.NaN), 64));
    values.add(Value.array(Value.number(5, -1), 64));
    if (old.filter(value -> value.type() == 9).isPresent()) {
      values.add(Value.array(Value.text("same"), 64));
      values.add(
          Value.array(
              IntStream.range(0, 64)
                  .mapToObj(i -> Value.text("<0xZ" + (char) (i + 40) + ">"))
                  .toList()));
    }
    return values;
  }

  private static void tensor(RawGguf file, int index, List<Mutation> all) {
    Tensor old = file.tensors.get(index);
    List<Tensor> others = new ArrayList<>();
    for (int type = 0; type <= LAST_TENSOR_TYPE; type++) {
      others.add(old.withType(type, bytes(type, old.extents())));
    }
    long[] extents = old.extents();
    others.add(old.withExtents(reversed(extents)));
    others.add(old.withExtents(with(extents, 0, extents[0] + 1)));
    others.add(old.withExtents(with(extents, 0, 1)));
    others.add(old.withExtents(with(extents, extents.length - 1, 1)));
    others.add(old.withExtents(with(extents, extents.length - 1, 0)));
    others.add(old.withExtents(with(extents, 0, 1L << 40)));
    others.add(old.withExtents(with(extents, 0, -32)));
    others.add(old.withExtents(extents[0], 1, 1, 1));
    others.add(old.withExtents(extents[0], 1, 1, 1, 1));
    others.add(old.withExtents(1));
    for (long offset : new long[] {0, 32, 7, 1L << 20, 1L << 62, Long.MAX_VALUE}) {
      others.add(old.withOffset(offset));
    }
    others.add(new Tensor("other", extents, old.type(), old.data(), -1));
    others.add(
        new Tensor(old.name().replace("blk.0", "blk.900"), extents, old.type(), old.data(), -1));
    for (Tensor other : others) {
      RawGguf changed = file.copy();
      changed.tensors.set(index, other);
      all.add(new Mutation(old.name() + " case " + all.size(), changed));
    }
    RawGguf without = file.copy();
    without.tensors.remove(index);
    all.add(new Mutation(old.name() + " removed", without));
    RawGguf twice = file.copy();
    twice.tensors.add(old);
    all.add(new Mutation(old.name() + " twice", twice));
  }

  /** Enough bytes for any type. */
  private static int bytes(int type, long[] extents) {
    long rows = java.util.Arrays.stream(extents).skip(1).reduce(1, (a, b) -> a * b);
    return io.tailwalk.llama.gguf.TensorType.ofId(type)
        .map(known -> (int) known.bytes(extents[0], rows))
        .orElse((int) (rows * extents[0] * 4));
  }

  private static long[] reversed(long[] extents) {
    return IntStream.range(0, extents.length)
        .mapToLong(i -> extents[extents.length - 1 - i])
        .toArray();
  }

  private static long[] with(long[] extents, int place, long value) {
    long[] changed = extents.clone();
    changed[place] = value;
    return changed;
  }
}
