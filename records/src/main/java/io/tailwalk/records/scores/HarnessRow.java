package io.tailwalk.records.scores;

import io.tailwalk.core.Plural;
import io.tailwalk.records.JsonRow;
import io.tailwalk.records.TableException;
import io.tailwalk.records.input.Input;
import io.tailwalk.records.input.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * A row of a sample log of lm-evaluation-harness ({@code --log_samples}) with log-likelihoods: one
 * document, its requests in the order in which the harness made them, and the answer to each. Keys
 * such as {@code gen_args_10} are numbered names, so a file with sorted keys is read as one
 * without.
 *
 * @param row the row of the file
 * @param doc the name of the document in its task
 * @param rolling whether the one request is the log-likelihood of the whole document
 * @param requests the requests, at least one; without the unconditional ones of {@code
 *     acc_mutual_info}
 */
public record HarnessRow(JsonRow row, String doc, boolean rolling, List<Request> requests) {
  private static final Pattern ANSWER =
      Pattern.compile(
          "\\(?\\s*(-?[0-9.]+(?:e[-+]?[0-9]+)?|-?inf(?:inity)?|nan)\\s*(?:,\\s*(true|false)\\s*)?\\)?",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern FLAG = Pattern.compile("true|false", Pattern.CASE_INSENSITIVE);
  private static final Pattern FILE =
      Pattern.compile("samples_(.+?)(?:_[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9].*)?");
  private static final Pattern PLACE = Pattern.compile(".*?([0-9]{1,9})");

  /**
   * A request with its answer.
   *
   * @param context the text before; empty for a whole document
   * @param continuation the text whose log-likelihood was computed, usually with a leading blank
   * @param logLikelihood its log-likelihood, nats; rounding may leave it at most {@link
   *     LogProbRange#TOLERATED} above 0
   * @param greedy whether it is what greedy decoding produces; empty if the file does not say
   */
  public record Request(
      String context, String continuation, double logLikelihood, Optional<Boolean> greedy) {}

  private record Answer(double logLikelihood, Optional<Boolean> greedy) {}

  /** Keeps an immutable copy. */
  public HarnessRow {
    requests = List.copyOf(requests);
  }

  /**
   * The task of a log, which the harness's own file name {@code samples_TASK_TIME.jsonl} tells;
   * empty if the file has another name.
   */
  public static Optional<String> task(Input input) {
    Matcher matcher = FILE.matcher(input.stem());
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** Whether a row is one that can be read here. */
  public static boolean is(JsonRow row) {
    Kind kind = Kind.of(row);
    return kind == Kind.HARNESS_CHOICES || kind == Kind.HARNESS_ROLLING;
  }

  /**
   * Reads a row.
   *
   * @throws TableException if requests and answers do not match, or are not log-likelihoods
   */
  public static HarnessRow of(JsonRow row) {
    boolean rolling = Kind.of(row) == Kind.HARNESS_ROLLING;
    List<JsonNode> arguments = inOrder(row.object().path("arguments"));
    String field = row.has("resps") ? "resps" : "filtered_resps";
    List<JsonNode> answers = inOrder(row.object().path(field));
    if (arguments.isEmpty() || answers.size() != arguments.size()) {
      throw row.error(
          "%s, but %s in \"%s\""
              .formatted(
                  Plural.of(arguments.size(), "request"),
                  Plural.of(answers.size(), "answer"),
                  field),
          "log the samples of a log-likelihood task with --log_samples");
    }
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      requests.add(request(row, rolling, i, inOrder(arguments.get(i)), answers.get(i)));
    }
    boolean mutual = row.has("acc_mutual_info") && requests.size() % 2 == 0;
    return new HarnessRow(
        row,
        row.name("doc_id"),
        rolling,
        mutual ? requests.subList(0, requests.size() / 2) : requests);
  }

  private static Request request(
      JsonRow row, boolean rolling, int index, List<JsonNode> texts, JsonNode answer) {
    boolean valid = texts.size() >= (rolling ? 1 : 2);
    for (int i = 0; i < texts.size() && i < 2; i++) {
      valid &= texts.get(i).isString();
    }
    if (!valid) {
      throw row.error(
          "request " + index + " in \"arguments\" is not a context and a continuation",
          "only log-likelihood tasks can be read here");
    }
    Answer given = answer(row, answer);
    String context = rolling ? "" : texts.getFirst().stringValue();
    String continuation = texts.get(rolling ? 0 : 1).stringValue();
    return new Request(context, continuation, given.logLikelihood(), given.greedy());
  }

  /** Elements of an array, or members of an object in the order of the numbers in their names. */
  private static List<JsonNode> inOrder(JsonNode node) {
    if (!node.isObject()) {
      return List.copyOf(node.values());
    }
    return node.properties().stream()
        .sorted(Comparator.comparingInt(member -> place(member.getKey())))
        .map(Map.Entry::getValue)
        .toList();
  }

  private static int place(String name) {
    Matcher matcher = PLACE.matcher(name);
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : Integer.MAX_VALUE;
  }

  /** The first of repeated answers: a pair of number and flag, its text, or a number. */
  private static Answer answer(JsonRow row, JsonNode given) {
    JsonNode node = given;
    Optional<Boolean> greedy = Optional.empty();
    while (node.isArray() && !node.isEmpty()) {
      if (node.size() == 2 && FLAG.matcher(node.get(1).asString("")).matches()) {
        greedy = Optional.of(Boolean.parseBoolean(node.get(1).asString()));
      }
      node = node.get(0);
    }
    Matcher matcher =
        ANSWER.matcher(node.isNumber() || node.isString() ? node.asString().strip() : "");
    if (!matcher.matches()) {
      throw row.error(
          "\"resps\" holds no log-likelihood", "only log-likelihood tasks can be read here");
    }
    if (matcher.group(2) != null) {
      greedy = Optional.of(Boolean.parseBoolean(matcher.group(2)));
    }
    return new Answer(number(row, matcher.group(1)), greedy);
  }

  private static double number(JsonRow row, String text) {
    double value =
        switch (text.toLowerCase(Locale.ROOT)) {
          case "nan" -> Double.NaN;
          case "inf", "infinity" -> Double.POSITIVE_INFINITY;
          case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
          default -> LogProbRange.parse(row, "resps", text);
        };
    LogProbRange.require(row.file(), row.number(), "resps", value);
    return value;
  }

  /**
   * The indices of the right requests, usually one: {@code target} as an index or as the text of a
   * choice, or the document's own answer. A document with one request has only that.
   *
   * @throws TableException if it cannot be determined
   */
  public List<Integer> gold() {
    return requests.size() == 1 ? List.of(0) : HarnessGold.of(this);
  }

  /** Whether several choices were compared. */
  public boolean isChoice() {
    return requests.size() > 1;
  }

  /**
   * The harness's {@code acc} of this document: whether the most probable choice is right, or for a
   * single request whether greedy decoding produces it; empty if unknown.
   */
  public OptionalDouble accuracy() {
    if (rolling) {
      return OptionalDouble.empty();
    }
    if (!isChoice()) {
      return requests
          .getFirst()
          .greedy()
          .map(greedy -> OptionalDouble.of(greedy ? 1 : 0))
          .orElse(OptionalDouble.empty());
    }
    return accuracy(Request::logLikelihood);
  }

  /**
   * The harness's {@code acc_norm}: log-likelihoods are divided by the number of characters of the
   * choice, which has no leading blank. Empty if unknown, as where choices are in the context.
   */
  public OptionalDouble accuracyNorm() {
    if (rolling
        || !isChoice()
        || requests.stream().map(Request::continuation).distinct().count() < 2) {
      return OptionalDouble.empty();
    }
    return accuracy(request -> request.logLikelihood() / characters(choice(request)));
  }

  private OptionalDouble accuracy(ToDoubleFunction<Request> score) {
    int best = 0;
    for (int i = 1; i < requests.size(); i++) {
      if (score.applyAsDouble(requests.get(i)) > score.applyAsDouble(requests.get(best))) {
        best = i;
      }
    }
    return OptionalDouble.of(gold().contains(best) ? 1 : 0);
  }

  /** The text of a choice: the continuation without the blank that separates it. */
  String choice(Request request) {
    boolean all = requests.stream().allMatch(r -> r.continuation().startsWith(" "));
    return all ? request.continuation().substring(1) : request.continuation();
  }

  private static int characters(String text) {
    return text.codePointCount(0, text.length());
  }

  /** A metric of the document that the file itself has, such as {@code acc}; empty if not. */
  public OptionalDouble recorded(String metric) {
    JsonNode node = row.object().path(metric);
    return node.isNumber() ? OptionalDouble.of(node.doubleValue()) : OptionalDouble.empty();
  }

  /** The indices of all requests. */
  public List<Integer> all() {
    return IntStream.range(0, requests.size()).boxed().toList();
  }
}
