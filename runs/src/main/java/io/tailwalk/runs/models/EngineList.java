package io.tailwalk.runs.models;

import io.tailwalk.core.NativeCache;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.llama.engine.Engine;
import io.tailwalk.llama.engine.EngineKind;
import io.tailwalk.llama.engine.Engines;
import io.tailwalk.llama.ffi.Device;
import io.tailwalk.llama.ffi.LlamaLibrary;
import io.tailwalk.records.Json;
import io.tailwalk.records.JsonText;
import io.tailwalk.report.ConsoleTable;
import io.tailwalk.report.Table;
import io.tailwalk.runs.work.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The llama.cpp libraries that a user can choose by name: the embedded one and the installed ones.
 *
 * @param entries the libraries, the embedded one first
 */
public record EngineList(List<Entry> entries) {
  /** The name of the embedded library. */
  public static final String EMBEDDED = "embedded";

  /**
   * One library.
   *
   * @param name the name that {@code --lib} accepts
   * @param build what the library says about itself, or why it cannot be used
   * @param source where it came from
   * @param path its file; empty for the embedded one
   * @param bytes size of its files; 0 for the embedded one
   * @param usable whether its files are those that were installed
   */
  public record Entry(
      String name, String build, String source, String path, long bytes, boolean usable) {}

  /** Copies the list. */
  public EngineList {
    entries = List.copyOf(entries);
  }

  /** The libraries of this user; files of installed ones are compared with their hashes. */
  public static EngineList ofUser() {
    List<Entry> entries = new ArrayList<>(List.of(embedded()));
    for (Engine engine : Engines.ofUser().all()) {
      entries.add(entry(engine));
    }
    return new EngineList(entries);
  }

  private static Entry embedded() {
    try {
      String build = LlamaLibrary.embedded().build().words();
      return new Entry(EMBEDDED, build, "part of the program", "", 0, true);
    } catch (ModelException e) {
      return new Entry(EMBEDDED, String.valueOf(e.getMessage()), "", "", 0, false);
    }
  }

  private static Entry entry(Engine engine) {
    return new Entry(
        engine.kind().word(),
        engine.isIntact()
            ? engine.build()
            : "changed or damaged; run " + Engines.command(engine.kind()),
        engine.source(),
        engine.library().toString(),
        engine.bytes(),
        engine.isIntact());
  }

  /**
   * The name of an engine.
   *
   * @throws InputException if the name is unknown
   */
  public static String requireKind(String word) {
    return kind(word).word();
  }

  private static EngineKind kind(String word) {
    return EngineKind.of(word)
        .orElseThrow(() ->
            new InputException(
                "unknown kind of library '%s'; the valid names are %s"
                    .formatted(word, EngineKind.words())));
  }

  /**
   * Installs a library.
   *
   * @param word the name of the kind
   * @param source a file or folder of the user; empty for the package of this platform, which the
   *     user's npm fetches
   * @return sentences about what was installed and what it computes on
   * @throws InputException if the name is unknown
   * @throws ModelException if it cannot be installed or loaded
   */
  public static List<String> install(String word, Optional<Path> source) {
    EngineKind kind = kind(word);
    Engines engines = Engines.ofUser();
    Engine engine =
        source.map(path -> engines.install(kind, path)).orElseGet(() -> engines.install(kind));
    LlamaLibrary library = LlamaLibrary.of(engine.library());
    List<String> sentences =
        new ArrayList<>(
            List.of(
                "installed %s: %s from %s, %s"
                    .formatted(kind.word(), engine.build(), engine.source(), size(engine.bytes())),
                "it computes on "
                    + library.devices().stream()
                        .map(Device::words)
                        .collect(Collectors.joining(", "))));
    if (kind != EngineKind.CPU && !library.hasGpu()) {
      sentences.add("it has no GPU here, because " + library.noGpuReason());
    }
    if (NativeCache.isTemporary(engine.library())) {
      sentences.add(
          "the user's cache cannot be written, so it is in %s, which the system may empty; set -D%s to a folder that stays"
              .formatted(engine.library().resolveSibling(""), NativeCache.PROPERTY));
    }
    sentences.add("use it with --lib " + kind.word());
    return sentences;
  }

  /**
   * Removes an installed library.
   *
   * @throws InputException if the name is unknown or no such library is installed
   */
  public static void remove(String word) {
    EngineKind kind = kind(word);
    if (!Engines.ofUser().remove(kind)) {
      throw new InputException("no " + kind.word() + " library is installed");
    }
  }

  /** The list as text. */
  public String text(boolean styled) {
    Table table =
        Table.of("Libraries", entries)
            .text("--lib", Entry::name)
            .text("library", Entry::build)
            .text("from", Entry::source)
            .text("size", entry -> entry.bytes() == 0 ? "" : size(entry.bytes()))
            .build();
    return ConsoleTable.render(table, Integer.MAX_VALUE, styled);
  }

  /** One line of JSON for each library. */
  public List<String> json() {
    return entries.stream().map(entry -> JsonText.line(Json.of(entry))).toList();
  }

  private static String size(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
