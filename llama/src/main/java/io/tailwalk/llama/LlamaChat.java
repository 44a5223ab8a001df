package io.tailwalk.llama;

import io.tailwalk.chat.ChatTemplate;
import io.tailwalk.chat.ChatText;
import io.tailwalk.chat.ChatVariables;
import io.tailwalk.core.Sha256;
import io.tailwalk.core.model.ChatFormat;
import io.tailwalk.core.model.ChatMessage;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.llama.ffi.NativeModel;
import io.tailwalk.llama.gguf.GgufFile;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Formats chats with the template in the file, another template, or one of llama.cpp's own. */
final class LlamaChat implements ChatFormat {
  private interface Layout {
    ChatText text(List<ChatMessage> messages);
  }

  private final String description;
  private final String source;
  private final Optional<LocalDate> date;
  private final Layout layout;

  private LlamaChat(String description, String source, Optional<LocalDate> date, Layout layout) {
    this.description = description;
    this.source = source;
    this.date = date;
    this.layout = layout;
  }

  /**
   * The format that the settings choose; empty if they choose none and the file has no template.
   *
   * @throws ModelException if the template cannot be read
   */
  static Optional<LlamaChat> of(GgufFile file, NativeModel model, ChatSettings settings) {
    if (settings.builtin().isPresent()) {
      String name = settings.builtin().get();
      var layout = new BuiltinLayout(model, name);
      return Optional.of(
          new LlamaChat(
              "llama.cpp's own chat template " + name,
              "llama.cpp:" + name,
              Optional.empty(),
              layout::text));
    }
    Optional<String> own = settings.template();
    Optional<String> source = own.or(() -> file.chatTemplate().filter(text -> !text.isBlank()));
    return source.map(text -> {
      String name =
          own.isPresent() ? "the given chat template" : "the chat template of " + file.path();
      ChatTemplate template = ChatTemplate.parse(name, text);
      ChatVariables variables =
          new ChatVariables(model.bosText(), model.eosText(), settings.date());
      return new LlamaChat(
          name, text, settings.date(), messages -> template.render(messages, variables));
    });
  }

  @Override
  public String description() {
    return description + date.map(day -> ", on " + day).orElse("");
  }

  @Override
  public String fingerprint() {
    return Sha256.hex(List.of(source, date.map(LocalDate::toString).orElse("")));
  }

  @Override
  public String text(Prompt.Chat chat) {
    return render(chat).text();
  }

  ChatText render(Prompt.Chat chat) {
    return layout.text(chat.messages());
  }

  /** The source of the template, whose markers content must not spell. */
  String source() {
    return source;
  }
}
