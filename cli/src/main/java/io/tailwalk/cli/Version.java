package io.tailwalk.cli;

import io.tailwalk.runs.work.Provenance;
import picocli.CommandLine.IVersionProvider;

/** Version and commit of the program, from the build, and the version of Java. */
public final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "tailwalk "
          + Provenance.version()
          + Provenance.commit().map(id -> " (" + id + ")").orElse(""),
      "Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")"
    };
  }
}
