package io.tailwalk.chat;

import io.tailwalk.chat.jinja.Constants;
import io.tailwalk.chat.jinja.RefusedChat;
import io.tailwalk.chat.jinja.Template;
import io.tailwalk.chat.jinja.TemplateFault;
import io.tailwalk.chat.jinja.Value;
import io.tailwalk.core.model.ChatMessage;
import io.tailwalk.core.model.ModelException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A chat template in the part of Jinja that Hugging Face's libraries render: it prints a chat as
 * the model was trained to read it. Templates can come from anywhere: they reach no Java object,
 * and end within limits on steps, nesting and length.
 *
 * <p>A template sees {@code messages}, each with {@code role} and {@code content}, {@code
 * add_generation_prompt} true, {@code tools} and {@code documents} none, {@code bos_token} and
 * {@code eos_token} where the model has them, and the functions {@code raise_exception}, {@code
 * range}, {@code namespace}, {@code dict} and, where a date is given, {@code strftime_now}.
 */
public final class ChatTemplate {
  /**
   * Roles that are printed as the template's own text. Any other role comes from outside like the
   * content, so that it cannot spell a control token together with the text around it.
   */
  private static final Set<String> ROLES =
      Set.of("system", "user", "assistant", "tool", "developer", "function", "model");

  private static final String REMEDY =
      "use another template, or format the chat yourself and pass it as text";
  private static final int MOST_SHOWN = 200;

  private final String name;
  private final Template template;
  private final boolean printsDate;

  private ChatTemplate(String name, Template template, boolean printsDate) {
    this.name = name;
    this.template = template;
    this.printsDate = printsDate;
  }

  /**
   * Parses a template.
   *
   * @param name what messages call it, for example {@code the chat template of FILE}
   * @param source the template
   * @throws ModelException if it is not Jinja, or has statements that chat templates cannot have
   */
  public static ChatTemplate parse(String name, String source) {
    try {
      return new ChatTemplate(name, Template.parse(source), source.contains("strftime_now"));
    } catch (TemplateFault e) {
      throw new ModelException(name + " cannot be read: " + shown(e.clause()) + "; " + REMEDY, e);
    }
  }

  /**
   * The text of a chat, up to the beginning of the assistant's next message.
   *
   * @throws ModelException if the template refuses the chat, or cannot be rendered
   */
  public ChatText render(List<ChatMessage> messages, ChatVariables variables) {
    Map<String, Value> all = new LinkedHashMap<>();
    all.put("messages", Value.list(messages.stream().map(ChatTemplate::value).toList()));
    all.put("add_generation_prompt", Constants.TRUE);
    all.put("tools", Constants.NONE);
    all.put("documents", Constants.NONE);
    variables.bosToken().ifPresent(token -> all.put("bos_token", Value.text(token)));
    variables.eosToken().ifPresent(token -> all.put("eos_token", Value.text(token)));
    try {
      return template.render(all, variables.date());
    } catch (RefusedChat e) {
      throw new ModelException(
          name
              + " refuses the chat: \""
              + shown(String.valueOf(e.getMessage()))
              + "\"; change its messages",
          e);
    } catch (TemplateFault e) {
      if (printsDate && variables.date().isEmpty() && e.clause().contains("'strftime_now'")) {
        throw new ModelException(
            name + " prints the date; give one (--chat-date), so that the prompt is the same again",
            e);
      }
      throw new ModelException(
          name + " cannot be rendered: " + shown(e.clause()) + "; " + REMEDY, e);
    }
  }

  private static Value value(ChatMessage message) {
    Map<String, Value> fields = new LinkedHashMap<>();
    boolean known = ROLES.contains(message.role());
    fields.put("role", known ? Value.text(message.role()) : Value.content(message.role()));
    fields.put("content", Value.content(message.content()));
    return Value.dict(fields);
  }

  /** Text of a template in a message: of one line, without control characters, and bounded. */
  private static String shown(String text) {
    var line = new StringBuilder();
    text.codePoints()
        .limit(MOST_SHOWN)
        .map(point ->
            Character.isISOControl(point) || Character.getType(point) == Character.FORMAT
                ? ' '
                : point)
        .forEach(line::appendCodePoint);
    return text.codePointCount(0, text.length()) > MOST_SHOWN ? line + "…" : line.toString();
  }
}
