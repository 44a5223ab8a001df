package io.tailwalk.runs.files;

import io.tailwalk.records.JsonText;
import io.tailwalk.records.TableException;
import io.tailwalk.records.input.Input;
import io.tailwalk.records.input.Rows;
import io.tailwalk.runs.work.InputException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Results of {@code profile}, {@code select}, {@code passk}, {@code tail}, {@code compare} and
 * {@code watch} for other tools: flat JSON lines for trackers of experiments such as Weights &amp;
 * Biases, and tables in Markdown for pull requests.
 */
public final class Export {
  /** The commands whose results can be exported, each with its file in a folder of results. */
  public static final List<String> COMMANDS =
      List.of("profile", "select", "passk", "tail", "compare", "watch");

  /** GitHub links a name after an at sign and a number after a hash, escaped or not. */
  private static final Pattern MENTION = Pattern.compile("(?<![A-Za-z0-9_])@(?=[A-Za-z0-9])");

  private static final Pattern ISSUE = Pattern.compile("#(?=[0-9])");

  private final List<Result> results;

  private Export(List<Result> results) {
    this.results = List.copyOf(results);
  }

  /**
   * Reads results.
   *
   * @param names files with the JSON of a command, or of several, one on each line; patterns of
   *     such files; {@code -} for standard input; folders in which a command has written its files.
   *     Of several looks of {@code watch} in one file, the last counts.
   * @throws TableException if a file cannot be read or holds something else
   * @throws InputException if a folder has no results
   */
  public static Export of(List<String> names) {
    List<Result> results = new ArrayList<>();
    for (String name : names) {
      for (Input input : inputs(name)) {
        results.addAll(read(input));
      }
    }
    return new Export(results);
  }

  private static List<Input> inputs(String name) {
    if (!new File(name).isDirectory()) {
      return Input.named(name);
    }
    List<Input> found = new ArrayList<>();
    for (String command : COMMANDS) {
      Path file = Path.of(name, command + ".json");
      if (Files.isRegularFile(file)) {
        found.add(Input.of(file));
      }
    }
    if (found.isEmpty()) {
      throw new InputException(
          name
              + ": a folder without results; give one that a command has written with --out ("
              + COMMANDS.stream().map(each -> each + ".json").collect(Collectors.joining(", "))
              + ")");
    }
    return found;
  }

  private static List<Result> read(Input input) {
    List<Result> results = new ArrayList<>();
    Rows.forEach(
        input,
        row -> {
          Result next = ResultReader.read(input, row);
          if (next.study().equals("watch")
              && !results.isEmpty()
              && results.getLast().study().equals("watch")) {
            results.removeLast();
          }
          results.add(next);
        });
    return results;
  }

  /**
   * One flat JSON object per checkpoint, run or sampler: {@code study}, {@code name}, {@code step}
   * where the name ends in a number, and every finite number under a key such as {@code
   * coverage/n4} or {@code pass@8/low}. Lines with a step come first, in its order, as trackers
   * require.
   */
  public List<String> jsonLines() {
    return results.stream()
        .flatMap(result -> result.lines().stream())
        .sorted(Comparator.comparingLong(line -> line.step().orElse(Long.MAX_VALUE)))
        .map(line -> JsonText.line(line.json()))
        .toList();
  }

  /**
   * A table per result, with intervals and the kinds of their ends. Names from outside are escaped,
   * and do not notify people or link issues where GitHub shows the text.
   */
  public String markdown() {
    String text = results.stream().map(Result::markdown).collect(Collectors.joining());
    String silent = MENTION.matcher(text.stripTrailing()).replaceAll("@<!-- -->");
    return ISSUE.matcher(silent).replaceAll("#<!-- -->") + "\n";
  }
}
