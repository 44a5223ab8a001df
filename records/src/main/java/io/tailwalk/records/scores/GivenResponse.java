package io.tailwalk.records.scores;

import io.tailwalk.core.model.ChatMessage;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A given response to be scored.
 *
 * @param exampleId unique name
 * @param promptId name of its prompt
 * @param prompt the prompt: a text, or a chat if {@code messages} is not empty
 * @param messages the chat before the response; empty for plain text
 * @param completion the response
 * @param knownLogProb its log-probability if the file has it, nats
 * @param row its row in the file, from 1
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
