package io.tailwalk.openai;

import io.tailwalk.core.interval.Interval;
import io.tailwalk.core.model.Capability;
import io.tailwalk.core.model.Continuation;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.ServedUsage;
import io.tailwalk.core.model.TopTokens;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.probe.ProbeOutcome;
import io.tailwalk.core.probe.ProbeResult;
import io.tailwalk.openai.dialect.Dialect;
import io.tailwalk.openai.http.Query;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Measures a served model in a few requests; believes what answers show, not what fields promise.
 */
public final class ServerProbe {
  private static final String TEXT = "The quick brown fox jumps over the lazy dog.";
  private static final String EMOJI = "\ud83d\ude00 \u4f60\u597d";
  private static final double SUM_TOLERANCE = 1e-3;

  /** Difference, in nats, between a score and a distribution above which they disagree. */
  private static final double BAND = 0.9;

  private static final int DRAWS = 4;

  /** Most probable tokens that are asked for. */
  private static final int LISTED = 20;

  /** Draws with a larger log-probability, nats, may be equal by chance. */
  private static final double NEARLY_CERTAIN = -2;

  private final ServerModel model;
  private final Dialect dialect;
  private final int[] prompt;
  private final List<ProbeResult> results = new ArrayList<>();
  private final Set<Capability> usable = EnumSet.allOf(Capability.class);

  private ServerProbe(ServerModel model) {
    this.model = model;
    this.dialect = model.dialect();
    this.prompt = ask(dialect.tokens(TEXT, true));
  }

  /** Runs every check; one that the server answers with an error fails, the others still run. */
  public static ServerReport run(ServerModel model) {
    var probe = new ServerProbe(model);
    probe.results.add(probe.server());
    probe.check("whole distributions", Capability.DISTRIBUTION, probe::distributions);
    probe.check("most probable tokens", Capability.TOP_K, probe::mostProbable);
    probe.check("raw or tempered", Capability.DISTRIBUTION, probe::raw);
    probe.check("draws", Capability.DRAW, probe::draws);
    probe.results.add(probe.counts());
    probe.check("scoring of given tokens", Capability.SCORE, probe::scoring);
    probe.results.add(guarded("tokenizer round trip", probe::roundTrip));
    probe.results.add(probe.ends());
    return new ServerReport(probe.results, model.capabilities().only(probe.usable));
  }

  /** Whoever cannot do what is checked cannot be asked for it. */
  private void check(String check, Capability capability, Supplier<ProbeResult> run) {
    ProbeResult result = guarded(check, run);
    results.add(result);
    if (result.outcome() == ProbeOutcome.FAIL) {
      usable.remove(capability);
    }
  }

  private static ProbeResult guarded(String check, Supplier<ProbeResult> run) {
    try {
      return run.get();
    } catch (ModelException e) {
      return new ProbeResult(check, ProbeOutcome.FAIL, "error", String.valueOf(e.getMessage()));
    }
  }

  private <T> T ask(Query<T> query) {
    return model.ask(0, List.of(query)).getFirst();
  }

  private ProbeResult server() {
    return new ProbeResult(
        "server",
        ProbeOutcome.OK,
        dialect.facts().server(),
        dialect.facts().model()
            + ", "
            + dialect.facts().contextTokens()
            + " tokens of context, "
            + dialect.facts().atATime()
            + " requests at a time; draws by /"
            + dialect.route());
  }

  private boolean shows() {
    return model.capabilities().can(Capability.DISTRIBUTION);
  }

  private ProbeResult distributions() {
    if (!shows()) {
      return new ProbeResult(
          "whole distributions",
          ProbeOutcome.WARN,
          "none",
          "every token cannot be a child, so children are drawn; vLLM shows distributions when it is"
              + " started with --max-logprobs -1");
    }
    double[] logProbs = ask(dialect.distribution(prompt));
    double sum = Arrays.stream(logProbs).map(Math::exp).sum();
    boolean whole = Math.abs(sum - 1) <= SUM_TOLERANCE;
    return new ProbeResult(
        "whole distributions",
        whole ? ProbeOutcome.OK : ProbeOutcome.FAIL,
        String.format(Locale.ROOT, "%d tokens, sum %.6f", logProbs.length, sum),
        whole
            ? "samplers may enumerate all tokens; an answer has some 30 to 100 bytes for each"
            : "the probabilities do not sum to 1, so they are not the model's distribution");
  }

  private ProbeResult mostProbable() {
    int limit = model.capabilities().mostTop();
    if (limit == 0) {
      return new ProbeResult(
          "most probable tokens",
          ProbeOutcome.WARN,
          "none",
          "the server lists none with their ids and probabilities, so a prefix has no head"
              + " (--children H+K); draw its children (--children K)");
    }
    int size = model.vocabulary().size();
    int most = Math.min(Math.min(limit, size), LISTED);
    TopTokens top = ask(dialect.top(prompt, most)).top(most, size);
    double difference =
        shows()
            ? Math.abs(at(prompt, top.tokenIds()[0]) - top.logProbs()[0])
            : model.capabilities().can(Capability.SCORE)
                ? Math.abs(score(prompt, top.tokenIds()[0]) - top.logProbs()[0])
                : 0;
    boolean same = difference <= BAND / 2;
    Interval missing = top.missing();
    return new ProbeResult(
        "most probable tokens",
        same ? ProbeOutcome.OK : ProbeOutcome.FAIL,
        String.format(
            Locale.ROOT,
            "%d tokens, %.3f to %.3f missing",
            top.size(),
            missing.low(),
            missing.high()),
        same
            ? "a prefix may have up to "
                + limit
                + " of them as a head, and draws for all others (--children H+K)"
            : "their probabilities are not those of the model, so a prefix has no head");
  }

  private double score(int[] before, int token) {
    return model.ask(0, dialect.score(before, new int[] {token})).getFirst()[0];
  }

  private ProbeResult raw() {
    if (!shows()) {
      return new ProbeResult(
          "raw or tempered", ProbeOutcome.WARN, "unknown", "cannot be seen without distributions");
    }
    Query<double[]> plain = dialect.distribution(prompt);
    double[] atOne = ask(plain);
    double[] atHalf =
        ask(
            new Query<>(
                plain.path(), plain.body().deepCopy().put("temperature", 0.5), plain.read()));
    double largest =
        IntStream.range(0, atOne.length)
            .filter(token -> atOne[token] > -10)
            .mapToDouble(token -> Math.abs(atOne[token] - atHalf[token]))
            .max()
            .orElse(0);
    boolean raw = largest < BAND / 2;
    return new ProbeResult(
        "raw or tempered",
        ProbeOutcome.OK,
        raw ? "raw" : "tempered",
        raw
            ? "log-probabilities are the model's, whatever the temperature of a request"
            : "log-probabilities follow the temperature of a request; every request here has 1");
  }

  private ProbeResult draws() {
    int[] beginning = Arrays.copyOf(prompt, Math.min(2, prompt.length));
    List<Query<Continuation>> queries = new ArrayList<>();
    for (int i = 0; i < DRAWS; i++) {
      queries.add(dialect.draw(beginning, 8, 1_000_003L * (i + 1)));
    }
    queries.add(dialect.draw(beginning, 8, 1_000_003L));
    List<Continuation> drawn = model.ask(0, queries);
    boolean repeats = Arrays.equals(drawn.getFirst().tokenIds(), drawn.getLast().tokenIds());
    long distinct =
        drawn.subList(0, DRAWS).stream()
            .map(one -> Arrays.toString(one.tokenIds()))
            .distinct()
            .count();
    double logProb = Arrays.stream(drawn.getFirst().logProbs()).filter(x -> x < 0).sum();
    if (distinct == 1 && logProb > NEARLY_CERTAIN) {
      return new ProbeResult(
          "draws",
          ProbeOutcome.WARN,
          "all the same",
          "the model leaves no choice here, so it cannot be seen whether seeds matter");
    }
    if (distinct == 1) {
      return new ProbeResult(
          "draws",
          ProbeOutcome.FAIL,
          "all the same",
          "different seeds give the same draw; a proxy may answer from a cache, or the server is"
              + " greedy");
    }
    return new ProbeResult(
        "draws",
        repeats ? ProbeOutcome.OK : ProbeOutcome.WARN,
        repeats ? "repeat with their seed" : "do not repeat",
        repeats
            ? "the same seed gives the same run, as long as the server computes the same numbers"
            : "a run cannot be repeated by its seed; keep its files");
  }

  /** Of the draws so far. */
  private ProbeResult counts() {
    ServedUsage usage = model.servedUsage().getFirst();
    String reported =
        usage.drawnTokensReported().isPresent()
            ? usage.drawnTokens() + ", " + usage.drawnTokensReported().getAsLong()
            : usage.drawnTokens() + ", -";
    String cache =
        usage.cachedTokensReported().isPresent()
            ? "; the server shows what its cache saved"
            : "; the server does not show what its cache saved";
    if (usage.drawnTokensReported().isEmpty()) {
      return new ProbeResult(
          "tokens drawn, reported",
          ProbeOutcome.WARN,
          reported,
          "the server does not count its tokens; ours are charged" + cache);
    }
    return new ProbeResult(
        "tokens drawn, reported",
        usage.countsDiffer() ? ProbeOutcome.WARN : ProbeOutcome.OK,
        reported,
        (usage.countsDiffer()
                ? "the server counts other tokens than it sends; the tokens that it sends are"
                    + " charged"
                : "the server counts what it sends")
            + cache);
  }

  private ProbeResult scoring() {
    if (!model.capabilities().can(Capability.SCORE)) {
      return new ProbeResult(
          "scoring of given tokens",
          ProbeOutcome.WARN,
          "none",
          "score, select and profile need another server");
    }
    int half = prompt.length / 2;
    int[] head = Arrays.copyOf(prompt, half);
    int[] tail = Arrays.copyOfRange(prompt, half, prompt.length);
    double[] scores =
        model.ask(0, dialect.score(head, tail)).stream().flatMapToDouble(Arrays::stream).toArray();
    if (!shows()) {
      return new ProbeResult(
          "scoring of given tokens",
          ProbeOutcome.WARN,
          scores.length + " tokens",
          "works; cannot be compared without distributions");
    }
    int last = tail.length - 1;
    double difference =
        Math.max(
            Math.abs(scores[0] - at(head, tail[0])),
            Math.abs(scores[last] - at(Arrays.copyOf(prompt, half + last), tail[last])));
    boolean same = difference <= BAND;
    return new ProbeResult(
        "scoring of given tokens",
        same ? ProbeOutcome.OK : ProbeOutcome.FAIL,
        String.format(Locale.ROOT, "%.1e nats", difference),
        same
            ? "scores are those of the distributions"
            : "scores are not those of the distributions; do not use score or select here");
  }

  private double at(int[] before, int token) {
    return LogProbs.of(ask(dialect.distribution(before))).logProb(token);
  }

  private ProbeResult roundTrip() {
    Vocabulary vocabulary = model.vocabulary();
    String text = TEXT + "\n" + EMOJI;
    byte[] back = vocabulary.decodeBytes(vocabulary.encode(text));
    boolean same = Arrays.equals(back, text.getBytes(StandardCharsets.UTF_8));
    return new ProbeResult(
        "tokenizer round trip",
        same ? ProbeOutcome.OK : ProbeOutcome.WARN,
        same ? "exact" : "differs",
        same
            ? "texts and tokens stand for each other"
            : "the tokens of a text do not reproduce it; is the tokenizer that of this model?");
  }

  private ProbeResult ends() {
    Vocabulary vocabulary = model.vocabulary();
    List<String> ends =
        IntStream.range(0, vocabulary.size())
            .filter(vocabulary::isEnd)
            .mapToObj(String::valueOf)
            .toList();
    return new ProbeResult(
        "end tokens",
        ends.isEmpty() ? ProbeOutcome.WARN : ProbeOutcome.OK,
        ends.isEmpty() ? "none" : String.join(", ", ends),
        ends.isEmpty()
            ? "responses end at the length limit only; name an end token by end="
            : "a response ends with one of them");
  }
}
