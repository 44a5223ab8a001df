package io.tailwalk.records.scores;

import io.tailwalk.core.Plural;
import io.tailwalk.records.JsonRow;
import io.tailwalk.records.TableException;
import io.tailwalk.records.input.Input;
import io.tailwalk.records.input.Rows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads responses to be scored: prompts with completions in the forms of {@link
 * io.tailwalk.records.input.Exchange}, token ids, and sample logs of EleutherAI's
 * lm-evaluation-harness ({@code --log_samples}) with log-likelihoods. {@code id} (or the row's
 * number) names the example and {@code prompt_id} (or the id) the prompt; in a harness log, task,
 * document and choice do.
 */
public final class ResponseReader {
  private final ResponseOptions options;
  private final List<GivenResponse> responses = new ArrayList<>();
  private final Map<String, JsonRow> seen = new HashMap<>();
  private final ResponseRows rows;

  private ResponseReader(ResponseOptions options, boolean severalFiles) {
    this.options = options;
    this.rows = new ResponseRows(options, severalFiles);
  }

  /**
   * The responses of all files.
   *
   * @param responses in the order of the files; ids unique
   * @param remarks what a user must know about how they were read, in sentences
   */
  public record Responses(List<GivenResponse> responses, List<String> remarks) {
    /** Copies the lists. */
    public Responses {
      responses = List.copyOf(responses);
      remarks = List.copyOf(remarks);
    }
  }

  /**
   * Reads a complete file with the default options.
   *
   * @throws TableException that names file, row and fix if a row is invalid
   */
  public static List<GivenResponse> read(Path file) {
    return read(List.of(Input.of(file)), ResponseOptions.DEFAULT).responses();
  }

  /**
   * Reads complete files. Where there are several, rows without an id are named by file and row.
   *
   * @throws TableException that names file, row and fix if a row is invalid
   */
  public static Responses read(List<Input> inputs, ResponseOptions options) {
    var reader = new ResponseReader(options, inputs.size() > 1);
    inputs.forEach(reader::add);
    return new Responses(reader.responses, reader.remarks());
  }

  private void add(Input input) {
    Rows.forEach(
        input,
        row -> {
          for (GivenResponse response : rows.of(input, row)) {
            JsonRow before = seen.putIfAbsent(response.exampleId(), bare(row));
            if (before != null) {
              throw row.error(
                  "the example %s is already in row %d%s"
                      .formatted(
                          TableException.quoted(response.exampleId()),
                          before.number(),
                          before.file().equals(row.file()) ? "" : " of " + before.file()),
                  "give each response a unique id");
            }
            responses.add(response);
          }
        });
  }

  /** The place of a row without its content. */
  private static JsonRow bare(JsonRow row) {
    return new JsonRow(row.file(), row.number(), row.object().objectNode());
  }

  private List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    if (rows.moved() > 0) {
      remarks.add(
          "white space at the end of the context of %s is scored as the beginning of the continuation, as lm-evaluation-harness does."
              .formatted(Plural.of(rows.moved(), "request")));
    }
    if (rows.choices() > 0) {
      remarks.add(
          options.allChoices()
              ? "every choice of %s is a response; without --all-choices only the right one is."
                  .formatted(Plural.of(rows.choices(), "multiple-choice document"))
              : "only the right choice of %s is a response; --all-choices reads every one."
                  .formatted(Plural.of(rows.choices(), "multiple-choice document")));
    }
    return remarks;
  }
}
