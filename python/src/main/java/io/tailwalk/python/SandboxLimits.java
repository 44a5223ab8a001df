package io.tailwalk.python;

import java.time.Duration;

/**
 * Limits of a run in the sandbox. Memory needs no limit here: the interpreter's WebAssembly module
 * declares a maximum of 64 MiB, of which about 30 are its own.
 *
 * @param cpuTime processor time of the whole run, not wall-clock time, so that a busy machine does
 *     not change a verdict; above zero
 * @param outputBytes bytes written to standard output and standard error together; at least 0
 */
public record SandboxLimits(Duration cpuTime, int outputBytes) {
  /** 10 seconds, 1 MiB of output. */
  public static final SandboxLimits DEFAULT = new SandboxLimits(Duration.ofSeconds(10), 1 << 20);

  /** Refuses limits out of range. */
  public SandboxLimits {
    if (cpuTime.isNegative() || cpuTime.isZero()) {
      throw new IllegalArgumentException("the time limit must be above zero, got " + cpuTime);
    }
    if (outputBytes < 0) {
      throw new IllegalArgumentException(
          "the output limit must not be negative, got " + outputBytes);
    }
  }

  /** These limits with a different processor time. */
  public SandboxLimits withCpuTime(Duration limit) {
    return new SandboxLimits(limit, outputBytes);
  }
}
