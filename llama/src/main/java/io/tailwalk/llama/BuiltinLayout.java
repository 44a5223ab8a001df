package io.tailwalk.llama;

import io.tailwalk.chat.ChatText;
import io.tailwalk.core.model.ChatMessage;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.llama.ffi.NativeModel;
import java.util.List;
import java.util.Map;

/**
 * Formats chats with one of llama.cpp's own templates. They print text without its origin, so a
 * chat is formatted twice: as it is, and with marks around each content, which show where the
 * contents stand.
 */
final class BuiltinLayout {
  /** Private-use characters; in a chat that has them itself, others are tried. */
  private static final int FIRST_MARK = 0xE000;

  private static final int LAST_MARK = 0xF8FF;

  private final NativeModel model;
  private final String name;

  /**
   * A layout by name.
   *
   * @throws ModelException if llama.cpp has no template of that name
   */
  BuiltinLayout(NativeModel model, String name) {
    this.model = model;
    this.name = name;
    List<String> names = model.builtinTemplates();
    if (!names.contains(name)) {
      throw new ModelException(
          "llama.cpp has no chat template of that name; use one of: " + String.join(", ", names));
    }
  }

  ChatText text(List<ChatMessage> messages) {
    String plain = apply(messages);
    String mark = mark(messages);
    List<ChatMessage> marked =
        messages.stream()
            .map(message -> new ChatMessage(message.role(), mark + message.content() + mark))
            .toList();
    String[] parts = apply(marked).split(mark, -1);
    var text = new ChatText.Builder();
    for (int i = 0; i < parts.length; i++) {
      boolean content = i % 2 == 1;
      // Some templates strip a content, others add it as it is; the unmarked text shows which.
      String part =
          content && !plain.startsWith(parts[i] + next(parts, i), text.length())
              ? parts[i].strip()
              : parts[i];
      text.add(part, content);
    }
    ChatText all = text.build();
    if (!all.text().equals(plain)) {
      throw new ModelException(
          "the chat template llama.cpp:"
              + name
              + " changes the content of messages, so that it cannot be told from the template;"
              + " use a Jinja template");
    }
    return all;
  }

  private static String next(String[] parts, int i) {
    return i + 1 < parts.length ? parts[i + 1] : "";
  }

  private String apply(List<ChatMessage> messages) {
    return model
        .applyBuiltin(
            name,
            messages.stream()
                .map(
                    message -> Map.entry(withoutNul(message.role()), withoutNul(message.content())))
                .toList())
        .orElseThrow(() -> new ModelException("llama.cpp cannot apply its chat template " + name));
  }

  private static String mark(List<ChatMessage> messages) {
    for (int mark = FIRST_MARK; mark <= LAST_MARK; mark++) {
      int tried = mark;
      if (messages.stream().noneMatch(message -> message.content().indexOf(tried) >= 0)) {
        return Character.toString(mark);
      }
    }
    throw new ModelException("the chat has every private-use character; remove some");
  }

  /** C strings end at the first NUL, so that text after it would be lost. */
  private static String withoutNul(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new ModelException(
          "a chat in a format of llama.cpp cannot contain the character NUL; remove it");
    }
    return text;
  }
}
