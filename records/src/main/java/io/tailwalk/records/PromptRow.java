package io.tailwalk.records;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** One prompt of a file: a text to go on from, or a chat to answer. */
public sealed interface PromptRow {

  /** Name of the row, unique in its file. */
  String id();

  /** The object as it stood in the file, to be handed on untouched (a verifier may need it). */
  ObjectNode raw();

  /**
   * A prompt that is plain text.
   *
   * @param id unique name
   * @param text what the model goes on from; may be empty
   * @param raw the object as it stood in the file
   */
  record Text(String id, String text, ObjectNode raw) implements PromptRow {}

  /**
   * A prompt that is a chat, to be rendered by the model's own template.
   *
   * @param id unique name
   * @param messages at least one
   * @param raw the object as it stood in the file
   */
  record Chat(String id, List<PromptMessage> messages, ObjectNode raw) implements PromptRow {
    /** Copies the messages and refuses an empty chat. */
    public Chat {
      messages = List.copyOf(messages);
      if (messages.isEmpty()) {
        throw new IllegalArgumentException("a chat needs at least one message");
      }
    }
  }
}
