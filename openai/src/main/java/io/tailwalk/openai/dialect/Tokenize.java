package io.tailwalk.openai.dialect;

import io.tailwalk.openai.http.Query;
import tools.jackson.databind.json.JsonMapper;

/** The route {@code /tokenize}, which vLLM has introduced and others have taken over. */
final class Tokenize {
  private static final JsonMapper JSON = JsonMapper.shared();

  private Tokenize() {}

  /**
   * The question for the tokens of a text.
   *
   * @param special whether tokens that begin a text are added
   */
  static Query<int[]> query(ServerFacts facts, String text, boolean special) {
    return new Query<>(
        "tokenize",
        JSON.createObjectNode()
            .put("model", facts.model())
            .put("prompt", text)
            .put("add_special_tokens", special),
        answer -> Answers.ids(answer.path("tokens"), "tokens"));
  }
}
