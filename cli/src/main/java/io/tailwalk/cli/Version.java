package io.tailwalk.cli;

import io.tailwalk.tables.RunRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What this program is: version and commit, from the build. */
public final class Version implements IVersionProvider {

  /** The program as run records name it. */
  public static RunRecord.Tool tool() {
    Package self = Version.class.getPackage();
    String version = Optional.ofNullable(self.getImplementationVersion()).orElse("development");
    return new RunRecord.Tool(version, commit().orElse(null));
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "tailwalk " + tool().version() + commit().map(id -> " (" + id + ")").orElse(""),
      "Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")"
    };
  }

  private static Optional<String> commit() {
    var git = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("git.properties")) {
      if (in == null) {
        return Optional.empty();
      }
      git.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String id = git.getProperty("git.commit.id.full", git.getProperty("git.commit.id", ""));
    boolean dirty = Boolean.parseBoolean(git.getProperty("git.dirty"));
    return id.isEmpty()
        ? Optional.empty()
        : Optional.of(id.substring(0, Math.min(12, id.length())) + (dirty ? "-changed" : ""));
  }
}
