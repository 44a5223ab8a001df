package io.tailwalk.records;

/**
 * Where a run took place.
 *
 * @param cores processors the JVM could use
 * @param os name, version and architecture of the operating system
 * @param jdk vendor and version of the Java runtime
 */
public record HostFacts(int cores, String os, String jdk) {
  /** The facts of this JVM. */
  public static HostFacts here() {
    return new HostFacts(
        Runtime.getRuntime().availableProcessors(),
        property("os.name") + " " + property("os.version") + " " + property("os.arch"),
        property("java.vendor") + " " + Runtime.version());
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }
}
