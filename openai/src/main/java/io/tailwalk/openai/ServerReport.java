package io.tailwalk.openai;

import io.tailwalk.core.model.Capabilities;
import io.tailwalk.core.probe.ProbeResult;
import java.util.List;

/**
 * What was measured on a server.
 *
 * @param results one entry per check, in the order of execution
 * @param usable what the model can be asked for, without what failed its check
 */
public record ServerReport(List<ProbeResult> results, Capabilities usable) {
  /** Keeps an immutable copy. */
  public ServerReport {
    results = List.copyOf(results);
  }
}
