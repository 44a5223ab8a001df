package io.tailwalk.records.scores;

import io.tailwalk.core.model.ChatMessage;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A response that was given and is to be scored.
 *
 * @param exampleId unique name
 * @param promptId name of its prompt
 * @param prompt what it answers: a text, or a chat when {@code messages} is not empty
 * @param messages the chat before the response; empty for plain text
 * @param completion the response
 * @param knownLogProb its log-probability where the file has it, nats
 * @param row where it stands in its file, from 1
 */
public record GivenResponse(
    String exampleId,
    String promptId,
    String prompt,
    List<ChatMessage> messages,
    String completion,
    OptionalDouble knownLogProb,
    long row) {
  /** Copies the list. */
  public GivenResponse {
    messages = List.copyOf(messages);
  }
}
