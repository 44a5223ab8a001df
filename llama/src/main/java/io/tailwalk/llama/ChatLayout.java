package io.tailwalk.llama;

import io.tailwalk.core.model.ChatMessage;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.llama.ffi.NativeModel;
import io.tailwalk.llama.gguf.GgufFile;
import java.util.List;
import java.util.Map;

/** Formats a chat as text with the template in the model's file. */
final class ChatLayout {
  private ChatLayout() {}

  static String text(GgufFile file, NativeModel model, Prompt.Chat chat) {
    String template =
        file.chatTemplate()
            .orElseThrow(() ->
                new ModelException(
                    file.path()
                        + " has no chat template; give the prompt as text, or use an instruct"
                        + " model"));
    List<Map.Entry<String, String>> messages =
        chat.messages().stream().map(ChatLayout::entry).toList();
    return model
        .applyTemplate(withoutNul(template), messages)
        .orElseThrow(() ->
            new ModelException(
                "llama.cpp does not know the chat template of "
                    + file.path()
                    + "; format the chat and pass the prompt as text"));
  }

  private static Map.Entry<String, String> entry(ChatMessage message) {
    return Map.entry(withoutNul(message.role()), withoutNul(message.content()));
  }

  /** C strings end at the first NUL, so that text after it would be lost. */
  private static String withoutNul(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new ModelException("a chat cannot contain the character NUL; remove it");
    }
    return text;
  }
}
