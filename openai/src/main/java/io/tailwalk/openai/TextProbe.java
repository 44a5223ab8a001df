package io.tailwalk.openai;

import io.tailwalk.core.model.ChatMessage;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.probe.ProbeOutcome;
import io.tailwalk.core.probe.ProbeResult;
import io.tailwalk.openai.dialect.TextDialect;
import io.tailwalk.openai.dialect.TextDialect.Response;
import io.tailwalk.openai.http.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/** Measures a model of which texts go in and texts come out. */
final class TextProbe {
  private static final String TEXT = "Once upon a time";
  private static final int TOKENS = 24;

  private final TextModel model;
  private final TextDialect dialect;

  private TextProbe(TextModel model) {
    this.model = model;
    this.dialect = model.dialect();
  }

  static List<ProbeResult> run(TextModel model) {
    var probe = new TextProbe(model);
    List<ProbeResult> results = new ArrayList<>();
    results.add(
        new ProbeResult(
            "server",
            ProbeOutcome.OK,
            "like OpenAI's",
            probe.dialect.model()
                + "; no token ids are used: a token is a byte of a response here, also for"
                + " --max-tokens"));
    results.add(
        new ProbeResult(
            "log-probabilities",
            ProbeOutcome.WARN,
            "none",
            "only complete responses can be drawn; certain bounds, score and select need a server"
                + " that reads token ids"));
    results.add(
        probe.draws("draws after a text", seed -> probe.dialect.complete(TEXT, TOKENS, seed)));
    List<ChatMessage> chat = List.of(new ChatMessage("user", TEXT));
    results.add(probe.draws("draws in a chat", seed -> probe.dialect.reply(chat, TOKENS, seed)));
    return results;
  }

  private ProbeResult draws(String check, LongFunction<Query<Response>> question) {
    try {
      List<Response> drawn =
          model.asking().all(0, List.of(question.apply(1), question.apply(2), question.apply(1)));
      boolean counted = drawn.getFirst().usage().isPresent();
      boolean repeats = drawn.getFirst().text().equals(drawn.getLast().text());
      boolean same = drawn.getFirst().text().equals(drawn.get(1).text());
      if (same) {
        return new ProbeResult(
            check,
            ProbeOutcome.WARN,
            "two equal",
            "different seeds gave the same response: a cache may answer, or the server is greedy");
      }
      return new ProbeResult(
          check,
          ProbeOutcome.OK,
          repeats ? "repeat with their seed" : "do not repeat",
          (repeats
                  ? "the same seed gave the same response"
                  : "a run cannot be repeated by its seed")
              + (counted
                  ? "; the server counts its tokens, and its count is charged"
                  : "; the server does not count its tokens, so bytes are charged"));
    } catch (ModelException e) {
      return new ProbeResult(check, ProbeOutcome.WARN, "none", String.valueOf(e.getMessage()));
    }
  }
}
