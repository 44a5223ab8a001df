package io.tailwalk.llama.engine;

import io.tailwalk.core.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The list of an engine's files with their hashes, a text file in its folder. The folder is named
 * by the hash of the list, so that a change of either is seen.
 *
 * @param source where the files came from
 * @param library the name of the library's file
 * @param files the files, in the order of their names
 */
record Manifest(String source, String library, List<Entry> files) {
  static final String NAME = "engine.txt";

  private static final String HEAD = "tailwalk engine 1";
  private static final int NAME_CHARACTERS = 32;

  /** A file: hash in hexadecimal digits, size, name. */
  record Entry(String sha256, long bytes, String name) {}

  /** Describes the files of a folder. */
  static Manifest of(Path folder, Path library, String source) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        entries.add(
            new Entry(Sha256.hex(file), Files.size(file), String.valueOf(file.getFileName())));
      }
    }
    return new Manifest(source, String.valueOf(library.getFileName()), entries);
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>(List.of(HEAD, "source " + source, "library " + library));
    files.forEach(file -> lines.add("file %s %d %s".formatted(file.sha256, file.bytes, file.name)));
    return lines;
  }

  /** The name of the folder. */
  String folderName() {
    return Sha256.hex(lines()).substring(0, NAME_CHARACTERS);
  }

  /**
   * Reads the list of a folder.
   *
   * @throws IOException if there is none or it was changed
   */
  static Manifest read(Path folder) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve(NAME));
    if (lines.size() < 4
        || !lines.getFirst().equals(HEAD)
        || !String.valueOf(folder.getFileName())
            .equals(Sha256.hex(lines).substring(0, NAME_CHARACTERS))) {
      throw new IOException("its list of files was changed");
    }
    List<Entry> entries = new ArrayList<>();
    for (String line : lines.subList(3, lines.size())) {
      String[] words = line.split(" ", 4);
      entries.add(new Entry(words[1], Long.parseLong(words[2]), words[3]));
    }
    return new Manifest(
        lines.get(1).substring("source ".length()),
        lines.get(2).substring("library ".length()),
        entries);
  }

  /** Whether a folder has the files of this list with their hashes, and no others. */
  boolean isTrueOf(Path folder) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      // llama.cpp loads every back end that it finds there.
      if (found.count() != files.size() + 1) {
        return false;
      }
    }
    for (Entry entry : files) {
      Path file = folder.resolve(entry.name);
      if (!Files.isRegularFile(file)
          || Files.size(file) != entry.bytes
          || !Sha256.hex(file).equals(entry.sha256)) {
        return false;
      }
    }
    return true;
  }

  long bytes() {
    return files.stream().mapToLong(Entry::bytes).sum();
  }
}
