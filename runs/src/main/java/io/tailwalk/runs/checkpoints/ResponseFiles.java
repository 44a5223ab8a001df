package io.tailwalk.runs.checkpoints;

import io.tailwalk.core.model.Prompt;
import io.tailwalk.records.input.Input;
import io.tailwalk.records.scores.GivenResponse;
import io.tailwalk.records.scores.GivenResponse.Boundary;
import io.tailwalk.records.scores.GivenResponse.Response;
import io.tailwalk.records.scores.ResponseOptions;
import io.tailwalk.records.scores.ResponseReader;
import io.tailwalk.records.scores.ResponseReader.Responses;
import io.tailwalk.runs.models.ChatTurns;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Files of given responses.
 *
 * @param inputs the files
 * @param reading how they are read
 * @param turns how their prompts become turns of a chat
 */
public record ResponseFiles(List<Input> inputs, ResponseOptions reading, ChatTurns turns) {
  /** Files whose prompts are as they are given. */
  public ResponseFiles(List<Input> inputs, ResponseOptions reading) {
    this(inputs, reading, ChatTurns.AS_GIVEN);
  }

  /** Keeps an immutable copy. */
  public ResponseFiles {
    inputs = List.copyOf(inputs);
  }

  /** With the files changed, as by choosing columns. */
  public ResponseFiles with(UnaryOperator<List<Input>> change) {
    return new ResponseFiles(change.apply(inputs), reading, turns);
  }

  /** With prompts that become turns of a chat. */
  public ResponseFiles with(ChatTurns other) {
    return new ResponseFiles(inputs, reading, other);
  }

  /**
   * Reads the responses.
   *
   * @param recorded whether log-probabilities that the rows themselves have are read
   * @throws io.tailwalk.records.TableException if a file cannot be read
   */
  Responses read(boolean recorded) {
    Responses given = ResponseReader.read(inputs, reading.withRecorded(recorded));
    return turns.areAsGiven()
        ? given
        : new Responses(given.responses().stream().map(this::turned).toList(), given.remarks());
  }

  /** A response behind its prompt as a turn; what follows a turn is a text of its own. */
  private GivenResponse turned(GivenResponse given) {
    Supplier<String> place = () -> given.file() + ", row " + given.row();
    Prompt prompt = turns.of(given.prompt(), place);
    Response response = given.response();
    if (response instanceof GivenResponse.Tokens(_, List<Integer> ids, _) && !ids.isEmpty()) {
      turns.of(new Prompt.Tokens(ids), place);
    }
    if (prompt instanceof Prompt.Chat && response instanceof GivenResponse.Text(String text, _)) {
      response = new GivenResponse.Text(text, Boundary.SEPARATE);
    }
    return new GivenResponse(
        given.exampleId(),
        given.promptId(),
        prompt,
        response,
        given.recorded(),
        given.file(),
        given.row());
  }
}
