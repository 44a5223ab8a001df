package io.tailwalk.runs.sample;

import io.tailwalk.core.model.ServedUsage;
import io.tailwalk.records.AtomicFiles;
import io.tailwalk.records.GroupJournal;
import io.tailwalk.records.Identity;
import io.tailwalk.records.JsonText;
import io.tailwalk.records.RunRecord;
import io.tailwalk.records.SampleJournal;
import io.tailwalk.records.SampleRow;
import io.tailwalk.records.Scratch;
import io.tailwalk.records.TableException;
import io.tailwalk.runs.work.IfExists;
import io.tailwalk.runs.work.OutputFile;
import io.tailwalk.runs.work.ServedJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The samples file of a run and its run record, both stored in journals until every prompt is done.
 */
final class ResultFile implements AutoCloseable {
  private final Path file;
  private final Identity identity;
  private final SampleJournal samples;
  private final GroupJournal summaries;

  private ResultFile(Path file, Identity identity, SampleJournal samples, GroupJournal summaries) {
    this.file = file;
    this.identity = identity;
    this.samples = samples;
    this.summaries = summaries;
  }

  /** Opens the journals of a run. */
  static ResultFile open(Path file, Identity run, IfExists mode) {
    Path record =
        OutputFile.isStream(file) ? Scratch.folder("record").resolve("record") : record(file);
    if (mode == IfExists.OVERWRITE) {
      GroupJournal.discard(file);
    }
    SampleJournal samples = SampleJournal.open(file, run, mode == IfExists.RESUME);
    try {
      if (samples.count() == 0) {
        // What a run with other settings, killed before its first prompt was done, has left.
        GroupJournal.discard(record);
      }
      return new ResultFile(file, run, samples, GroupJournal.open(record, run, true));
    } catch (TableException e) {
      samples.close();
      throw e;
    }
  }

  /** Whether a prompt has already been answered. */
  boolean isDone(PromptJob job) {
    return samples.isDone(job.number());
  }

  /** Number of prompts that are safely on disk. */
  int done() {
    return samples.count();
  }

  /** Stores the result of a prompt. */
  void append(PromptResult result, List<SampleRow> rows) {
    long number = result.job().number();
    if (!summaries.isDone(number)) {
      summaries.append(number, List.of(JsonText.line(PromptSummary.json(result))));
    }
    samples.append(number, rows);
  }

  /**
   * Moves the finished files into place, the record first; a stream has no record.
   *
   * @param servers what the model's servers were asked for since the program started
   */
  void finish(RunRecord run, List<ServedUsage> servers) {
    if (OutputFile.isStream(file)) {
      samples.finish();
      return;
    }
    // After a kill at this point the record may already be in place, and its journal gone.
    boolean recorded =
        summaries.count() == 0
            && OutputFile.Recorded.read(record(file)).key().equals(identity.key());
    if (!recorded) {
      summaries.finish((lines, out) -> write(run, servers, lines, out));
    }
    samples.finish();
  }

  /** Writes the record with the summary of one prompt in memory at a time. */
  private void write(RunRecord run, List<ServedUsage> servers, Path lines, Path out) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("run_key", identity.key());
    json.set("identity", identity.json());
    json.set("run", run.json());
    ServedJson.put(json, servers);
    try (Stream<String> prompts = Files.lines(lines)) {
      var parsed = prompts.map(JsonText::parse).iterator();
      AtomicFiles.write(out, writer -> JsonText.pretty(json, "prompts", parsed, writer));
    } catch (IOException | UncheckedIOException e) {
      throw new TableException("cannot reread " + lines + "; check the disk.", e);
    }
  }

  /** The path of a samples file's run record: {@code a.run.json} for {@code a.jsonl}. */
  static Path record(Path file) {
    return file.resolveSibling(stem(file) + ".run.json");
  }

  private static String stem(Path file) {
    return String.valueOf(file.getFileName()).replaceFirst("\\.jsonl$", "");
  }

  @Override
  public void close() {
    summaries.close();
    samples.close();
  }
}
