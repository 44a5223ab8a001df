package io.tailwalk.runs.work;

import io.tailwalk.core.Addresses;
import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.records.HostFacts;
import io.tailwalk.records.ModelStamp;
import io.tailwalk.records.RunRecord;
import io.tailwalk.records.SampleOrigin;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** The provenance of results: build, inputs and host. */
public final class Provenance {
  private Provenance() {}

  /** The name of the library in run records: version and commit of the build. */
  public static RunRecord.Tool tool() {
    return new RunRecord.Tool(version(), commit().orElse(null));
  }

  /** The version from the jar; {@code development} if the classes are in a folder. */
  public static String version() {
    Package self = Provenance.class.getPackage();
    return Optional.ofNullable(self.getImplementationVersion()).orElse("development");
  }

  /**
   * Returns the record of a run on one model. Passwords and queries of web addresses are not
   * stored.
   *
   * @param command the command line; empty if a program called the library
   * @param params settings by name
   */
  public static RunRecord record(
      List<String> command, ModelIdentity model, long seed, Map<String, Object> params) {
    return record(
        command, List.of(new ModelStamp(model.name(), model.fingerprint())), seed, params);
  }

  /** Returns the record of a run on several models or no model. */
  public static RunRecord record(
      List<String> command, List<ModelStamp> models, long seed, Map<String, Object> params) {
    List<String> words = command.stream().map(Addresses::withoutSecrets).toList();
    return new RunRecord(
        tool(), words, models, seed, SampleOrigin.settings(params), HostFacts.here());
  }

  /** The commit of the build, 12 digits, marked if the working tree had changes. */
  public static Optional<String> commit() {
    var git = new Properties();
    try (InputStream in = Provenance.class.getResourceAsStream("git.properties")) {
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
