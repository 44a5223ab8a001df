package io.tailwalk.runs.work;

import io.tailwalk.core.model.ServedUsage;
import io.tailwalk.records.AtomicFiles;
import io.tailwalk.records.Destination;
import io.tailwalk.records.GroupJournal;
import io.tailwalk.records.Identity;
import io.tailwalk.records.JsonText;
import io.tailwalk.records.RunRecord;
import io.tailwalk.records.input.Input;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Checks of an output file before a run starts. */
public final class OutputFile {
  private OutputFile() {}

  /**
   * The identity of the run that wrote a file, as stored with it.
   *
   * @param key hash of all parts; empty if there is no readable record
   * @param identity the parts; empty if an earlier version of the program wrote the record
   */
  public record Recorded(String key, Optional<Identity> identity) {
    private static final Recorded NONE = new Recorded("", Optional.empty());

    /** Reads the identity in a run record, whose other fields may be large and are passed over. */
    public static Recorded read(Path record) {
      try (JsonParser in = JsonText.parser(new BufferedInputStream(Files.newInputStream(record)))) {
        if (in.nextToken() != JsonToken.START_OBJECT) {
          return NONE;
        }
        String key = "";
        Optional<Identity> identity = Optional.empty();
        for (String name = in.nextName(); name != null; name = in.nextName()) {
          in.nextToken();
          switch (name) {
            case "run_key" -> key = JsonText.readData(in).asString("");
            case "identity" -> identity = Identity.read(JsonText.readData(in));
            default -> in.skipChildren();
          }
        }
        return new Recorded(key, identity);
      } catch (IOException | JacksonException e) {
        return NONE;
      }
    }
  }

  /** Whether a path is a device, a pipe or {@code -}, which is written to and never replaced. */
  public static boolean isStream(Path file) {
    return Destination.isStream(file);
  }

  /** The path for a sentence; {@code -} is standard output. */
  public static String shown(Path file) {
    return file.toString().equals("-") ? "standard output" : file.toString();
  }

  /**
   * The path of a file's run record: {@code a.run.json} for {@code a.parquet}, {@code a.csv} and
   * {@code a.jsonl}.
   */
  public static Path record(Path file) {
    String name =
        String.valueOf(file.getFileName()).replaceFirst("(?i)\\.(parquet|csv|jsonl)$", "");
    return file.resolveSibling(name + ".run.json");
  }

  /** Writes the run record next to a file; a stream has none. */
  public static void writeRecord(Path file, Identity identity, RunRecord run) {
    writeRecord(file, identity, run, List.of());
  }

  /**
   * Writes the run record next to a file; a stream has none.
   *
   * @param servers what the servers of the run's models were asked for
   */
  public static void writeRecord(
      Path file, Identity identity, RunRecord run, List<ServedUsage> servers) {
    if (isStream(file)) {
      return;
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("run_key", identity.key());
    json.set("identity", identity.json());
    json.set("run", run.json());
    ServedJson.put(json, servers);
    AtomicFiles.write(record(file), JsonText.pretty(json));
  }

  /**
   * Refuses to replace a file that the run reads.
   *
   * @throws InputException if the output is one of the inputs
   */
  public static void refuseInputs(Path out, List<Input> inputs) {
    if (inputs.stream().anyMatch(input -> isSame(out, input.file()))) {
      throw new InputException(out + " is also read by this run; write to another file");
    }
  }

  private static boolean isSame(Path out, Path input) {
    try {
      return Files.isRegularFile(out) && Files.isSameFile(out, input);
    } catch (IOException e) {
      return false; // an input that is not there is refused when it is read
    }
  }

  /**
   * Refuses a file that already exists, unless the mode resumes or overwrites it, and to resume
   * where nothing is kept.
   *
   * @throws InputException if the file exists, or cannot hold a run to resume
   */
  public static void check(Path file, IfExists mode) {
    if (isStream(file)) {
      if (mode == IfExists.RESUME) {
        throw new InputException(
            file
                + " is not a regular file and keeps nothing, so there is no run to resume; write to"
                + " a file");
      }
      return;
    }
    if (Files.isRegularFile(file) && mode == IfExists.REFUSE) {
      throw new InputException(
          file + " exists; overwrite it, resume its run, or choose another name");
    }
  }

  /**
   * Whether a file contains the complete result of a run.
   *
   * @param run everything that determines the result
   * @param recorded reads the identity of the run that wrote the file
   * @throws InputException if the file was written by a different run, with what differs
   */
  public static boolean isFinished(Path file, Identity run, Supplier<Recorded> recorded) {
    if (!Files.isRegularFile(file) || GroupJournal.isUnfinished(file)) {
      return false;
    }
    Recorded before = recorded.get();
    if (before.key().equals(run.key())) {
      return true;
    }
    String difference =
        before
            .identity()
            .flatMap(run::changeSince)
            .map(change -> ": " + change)
            .orElse(" contains a different run");
    throw new InputException(file + difference + "; overwrite it or choose another name");
  }
}
