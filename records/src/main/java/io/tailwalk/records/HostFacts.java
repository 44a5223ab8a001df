package io.tailwalk.records;

/**
 * The host of a run.
 *
 * @param cores processors available to the JVM
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
