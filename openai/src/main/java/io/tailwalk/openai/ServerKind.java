package io.tailwalk.openai;

import io.tailwalk.core.model.ModelException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A kind of server, by the name that {@code dialect=} accepts. */
public enum ServerKind {
  /** vLLM. */
  VLLM("vllm"),
  /** llama.cpp's llama-server. */
  LLAMA_SERVER("llama-server"),
  /** SGLang. */
  SGLANG("sglang"),
  /** Any other with OpenAI's routes; never found out, because little is known of it. */
  OPENAI_LIKE("openai-like");

  private final String word;

  ServerKind(String word) {
    this.word = word;
  }

  /** The name in specifications. */
  public String word() {
    return word;
  }

  /** The names of all kinds, separated by a bar. */
  public static String names() {
    return Arrays.stream(values()).map(ServerKind::word).collect(Collectors.joining("|"));
  }

  /**
   * The kind of a name.
   *
   * @throws ModelException if no kind has it
   */
  static ServerKind of(String word) {
    return Arrays.stream(values())
        .filter(kind -> kind.word.equals(word))
        .findFirst()
        .orElseThrow(
            () -> new ModelException("dialect must be one of " + names() + ", got '" + word + "'"));
  }
}
