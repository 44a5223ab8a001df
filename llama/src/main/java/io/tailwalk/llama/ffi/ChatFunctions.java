package io.tailwalk.llama.ffi;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Functions for chats: texts and kinds of special tokens, and the library's own templates. */
final class ChatFunctions {
  private static final int MOST_TEMPLATES = 1024;

  private final MethodHandle tokenText;
  private final MethodHandle attributes;
  private final MethodHandle eos;
  private final MethodHandle builtinNames;
  private final MethodHandle template;

  ChatFunctions(Symbols symbols) {
    tokenText =
        symbols.function("llama_vocab_get_text", Symbols.POINTER, Symbols.POINTER, Symbols.INT);
    attributes =
        symbols.function("llama_vocab_get_attr", Symbols.INT, Symbols.POINTER, Symbols.INT);
    eos = symbols.function("llama_vocab_eos", Symbols.INT, Symbols.POINTER);
    builtinNames =
        symbols.function(
            "llama_chat_builtin_templates", Symbols.INT, Symbols.POINTER, Symbols.LONG);
    template =
        symbols.function(
            "llama_chat_apply_template",
            Symbols.INT,
            Symbols.POINTER,
            Symbols.POINTER,
            Symbols.LONG,
            Symbols.BOOL,
            Symbols.POINTER,
            Symbols.INT);
  }

  /** The text of a token as the file has it. */
  String text(MemorySegment vocabulary, int token) {
    try {
      return string((MemorySegment) tokenText.invokeExact(vocabulary, token));
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
  }

  int attributes(MemorySegment vocabulary, int token) {
    try {
      return (int) attributes.invokeExact(vocabulary, token);
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
  }

  /** The token that ends a text; -1 for none. */
  int eos(MemorySegment vocabulary) {
    try {
      return (int) eos.invokeExact(vocabulary);
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
  }

  /** The names of the library's own templates. */
  List<String> builtinNames() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment names = arena.allocate(Symbols.POINTER, MOST_TEMPLATES);
      int count = (int) builtinNames.invokeExact(names, (long) MOST_TEMPLATES);
      List<String> all = new ArrayList<>();
      for (int i = 0; i < Math.min(count, MOST_TEMPLATES); i++) {
        all.add(string(names.getAtIndex(Symbols.POINTER, i)));
      }
      return all;
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
  }

  private static String string(MemorySegment address) {
    return Symbols.text(address).orElse("");
  }

  /**
   * A chat formatted with one of the library's own templates, up to the beginning of the
   * assistant's message; empty if the library does not know the template.
   *
   * @param name name of the template
   * @param messages role and content of each message, without NUL
   */
  Optional<String> apply(String name, List<Map.Entry<String, String>> messages) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment chat = arena.allocate(Symbols.POINTER, 2L * messages.size());
      long characters = 1024;
      for (int i = 0; i < messages.size(); i++) {
        Map.Entry<String, String> message = messages.get(i);
        chat.setAtIndex(Symbols.POINTER, 2L * i, arena.allocateFrom(message.getKey()));
        chat.setAtIndex(Symbols.POINTER, 2L * i + 1, arena.allocateFrom(message.getValue()));
        characters += 4L * (message.getKey().length() + message.getValue().length());
      }
      MemorySegment text = arena.allocateFrom(name);
      MemorySegment buffer = arena.allocate(characters);
      long count = messages.size();
      int length =
          (int)
              template.invokeExact(
                  text, chat, count, true, buffer, Math.toIntExact(buffer.byteSize()));
      if (length > buffer.byteSize()) {
        buffer = arena.allocate(length);
        length = (int) template.invokeExact(text, chat, count, true, buffer, length);
      }
      if (length < 0) {
        return Optional.empty();
      }
      byte[] bytes = buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
      return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
  }
}
