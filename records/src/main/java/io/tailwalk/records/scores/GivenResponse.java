package io.tailwalk.records.scores;

import io.tailwalk.core.model.Prompt;
import java.nio.file.Path;
import java.util.List;

/**
 * A given response to be scored.
 *
 * @param exampleId unique name
 * @param promptId name of its prompt
 * @param prompt its prompt
 * @param response the response
 * @param recorded the log-probabilities of its tokens if the file has them, nats; one number for
 *     the whole response if it does not have each; empty if it has none
 * @param file its file
 * @param row its row in the file, from 1
 */
public record GivenResponse(
    String exampleId,
    String promptId,
    Prompt prompt,
    Response response,
    List<Double> recorded,
    Path file,
    long row) {
  /** Copies the list. */
  public GivenResponse {
    recorded = List.copyOf(recorded);
  }

  /** What is scored. */
  public sealed interface Response {
    /** The text; empty if only token ids are given. */
    String text();
  }

  /** Where the response begins for the model. */
  public enum Boundary {
    /** Prompt and response are encoded each alone. */
    SEPARATE,
    /**
     * The same, but blanks at the end of the prompt belong to the response where the model's tokens
     * run across the boundary: most models have no likely way to go on behind a blank.
     */
    BLANKS_MOVED,
    /** Both are encoded as one text, which is then split, as lm-evaluation-harness does. */
    JOINED
  }

  /**
   * A text.
   *
   * @param text the text
   * @param boundary where it begins
   */
  public record Text(String text, Boundary boundary) implements Response {}

  /**
   * Token ids, scored as they are. Ids mean something only to the model that wrote them: under a
   * model to which they mean another text than the row's, the texts are scored.
   *
   * @param ids the ids
   * @param promptIds the ids of the prompt; empty if the model encodes it
   * @param text the text that they stand for; empty if the row has none
   */
  public record Tokens(List<Integer> ids, List<Integer> promptIds, String text)
      implements Response {
    /** Copies the lists. */
    public Tokens {
      ids = List.copyOf(ids);
      promptIds = List.copyOf(promptIds);
    }
  }

  /** The text of the response; empty if only token ids are given. */
  public String completion() {
    return response.text();
  }
}
