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
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/** Measures a model of which texts go in and texts come out. */
final class TextProbe {
  private static final String TEXT = "Once upon a time";
  private static final int TOKENS = 24;

  /** Draws with seeds of their own; twice as many if these are all the same. */
  private static final int DRAWS = 3;

  /** A shorter response, in characters, may be the same in all draws by chance. */
  private static final int TELLING = 12;

  private final TextModel model;
  private final TextDialect dialect;

  private TextProbe(TextModel model) {
    this.model = model;
    this.dialect = model.dialect();
  }

  static ServerReport run(TextModel model) {
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
    ProbeResult texts =
        probe.draws("draws after a text", seed -> probe.dialect.complete(TEXT, TOKENS, seed));
    List<ChatMessage> chat = List.of(new ChatMessage("user", TEXT));
    ProbeResult chats =
        probe.draws("draws in a chat", seed -> probe.dialect.reply(chat, TOKENS, seed));
    boolean neither = isMissing(texts) && isMissing(chats);
    results.add(neither ? failed(texts) : texts);
    results.add(neither ? failed(chats) : chats);
    boolean fails = results.stream().anyMatch(result -> result.outcome() == ProbeOutcome.FAIL);
    return new ServerReport(
        results, fails ? model.capabilities().only(Set.of()) : model.capabilities());
  }

  private static boolean isMissing(ProbeResult result) {
    return result.measured().equals("none");
  }

  private static ProbeResult failed(ProbeResult result) {
    return new ProbeResult(result.check(), ProbeOutcome.FAIL, result.measured(), result.meaning());
  }

  private ProbeResult draws(String check, LongFunction<Query<Response>> question) {
    try {
      List<Response> drawn = ask(question, LongStream.rangeClosed(1, DRAWS));
      boolean same = areSame(drawn);
      if (same) {
        drawn = new ArrayList<>(drawn);
        drawn.addAll(ask(question, LongStream.rangeClosed(DRAWS + 1, 2 * DRAWS)));
        same = areSame(drawn);
      }
      if (same) {
        return allTheSame(check, drawn.getFirst());
      }
      boolean repeats =
          ask(question, LongStream.of(1)).getFirst().text().equals(drawn.getFirst().text());
      return new ProbeResult(
          check,
          ProbeOutcome.OK,
          repeats ? "repeat with their seed" : "do not repeat",
          (repeats
                  ? "the same seed gave the same response"
                  : "a run cannot be repeated by its seed")
              + counts(drawn));
    } catch (ModelException e) {
      return new ProbeResult(check, ProbeOutcome.WARN, "none", String.valueOf(e.getMessage()));
    }
  }

  private List<Response> ask(LongFunction<Query<Response>> question, LongStream seeds) {
    return model.asking().all(0, seeds.mapToObj(question).toList());
  }

  private static boolean areSame(List<Response> drawn) {
    return drawn.stream().map(Response::text).distinct().count() == 1;
  }

  private static ProbeResult allTheSame(String check, Response response) {
    boolean telling = response.text().length() >= TELLING;
    return new ProbeResult(
        check,
        telling ? ProbeOutcome.FAIL : ProbeOutcome.WARN,
        "all the same",
        telling
            ? "different seeds give the same response: a cache may answer, or the server is greedy"
            : "the model may leave no choice here, so it cannot be seen whether seeds matter");
  }

  private static String counts(List<Response> drawn) {
    if (drawn.getFirst().usage().isEmpty()) {
      return "; the server does not count its tokens, so bytes are charged";
    }
    return drawn.stream().anyMatch(Response::countsTooMany)
        ? "; the server counts more tokens than it was asked for; as many as it was asked for are"
            + " charged"
        : "; the server counts its tokens, and its count is charged";
  }
}
