package io.tailwalk.console.flags;

import io.tailwalk.runs.Request;
import io.tailwalk.runs.models.ChatTurns;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags that make prompts turns of a chat. */
public final class ChatFlags {
  @Option(
      names = "--chat",
      description =
          "A prompt of plain text is the user's turn in a chat, in the model's chat template."
              + " Default: the model continues the text.")
  private boolean chat;

  @Option(
      names = "--system",
      paramLabel = "TEXT",
      description =
          "System message of every chat, possibly empty; needs --chat or prompts that are chats."
              + " Default: that of the chat, or of the template.")
  private @Nullable String system;

  /** The turns that the flags describe. */
  public ChatTurns turns() {
    ChatTurns turns = chat ? ChatTurns.AS_GIVEN.withText() : ChatTurns.AS_GIVEN;
    return system == null ? turns : turns.withSystem(system);
  }

  /** The request with prompts as the flags describe. */
  public Request of(Request request) {
    return request.turns(turns());
  }
}
