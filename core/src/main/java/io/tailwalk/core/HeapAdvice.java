package io.tailwalk.core;

import java.util.Locale;

/** What a user can do about a Java heap that is too small. */
public final class HeapAdvice {
  private static final int MIB_SHIFT = 20;
  private static final long MIB_OF_GIB = 1 << 10;

  private HeapAdvice() {}

  /** A clause that names the present limit of the heap and an option for one of twice its size. */
  public static String larger() {
    return larger(Runtime.getRuntime().maxMemory());
  }

  static String larger(long heapBytes) {
    long mib = Math.max(1, heapBytes >> MIB_SHIFT);
    // Below a gibibyte in mebibytes, since a rounded number might not be larger.
    String option =
        mib < MIB_OF_GIB ? 2 * mib + "m" : (long) Math.ceil(2.0 * mib / MIB_OF_GIB) + "g";
    return String.format(
        Locale.ROOT,
        "give Java a heap larger than its %,d MiB if the machine has the memory, for example with"
            + " JAVA_TOOL_OPTIONS=-Xmx%s",
        mib,
        option);
  }
}
