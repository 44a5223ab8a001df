package io.tailwalk.records.scores;

import io.tailwalk.core.model.Prompt;
import io.tailwalk.records.JsonRow;
import io.tailwalk.records.input.ColumnMap;
import io.tailwalk.records.input.Exchange;
import io.tailwalk.records.input.Field;
import io.tailwalk.records.input.Input;
import io.tailwalk.records.input.Kind;
import io.tailwalk.records.scores.GivenResponse.Boundary;
import io.tailwalk.records.scores.GivenResponse.Response;
import io.tailwalk.records.scores.GivenResponse.Text;
import io.tailwalk.records.scores.GivenResponse.Tokens;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** The responses of one row, by its kind. */
final class ResponseRows {
  private static final String IDS = "completion_token_ids";

  /** Fields of which a row with a response has one. */
  private static final Set<String> RESPONSES =
      Set.of("completion", IDS, "messages", "conversations", "chosen", "rejected", "output");

  private static final Set<Kind> PROBLEMS =
      Set.of(Kind.HUMANEVAL, Kind.MBPP, Kind.GSM8K, Kind.MATH);

  private final ResponseOptions options;
  private final boolean severalFiles;
  private final Map<String, Integer> samples = new HashMap<>();
  private long moved;
  private long choices;

  ResponseRows(ResponseOptions options, boolean severalFiles) {
    this.options = options;
    this.severalFiles = severalFiles;
  }

  /** Number of requests of a harness whose blanks were moved. */
  long moved() {
    return moved;
  }

  /** Number of documents with several choices. */
  long choices() {
    return choices;
  }

  List<GivenResponse> of(Input input, JsonRow row) {
    return HarnessRow.is(row) ? harness(input, HarnessRow.of(row)) : List.of(plain(input, row));
  }

  private GivenResponse plain(Input input, JsonRow row) {
    Kind kind = Kind.of(row);
    if (kind == Kind.HARNESS_GENERATIONS) {
      throw row.error(
          "generated texts of lm-evaluation-harness have no given response",
          "only log-likelihood tasks can be read; passk reads this file");
    }
    if (PROBLEMS.contains(kind) && !row.has("completion")) {
      throw row.error(
          "one of the " + kind.words() + ", without a response to score",
          "give \"completion\", or draw completions with 'tailwalk generate --task'");
    }
    Exchange exchange = Exchange.of(prompted(row), options.rejected());
    String promptId;
    String id;
    if (row.has("sampler") && row.has("id")) {
      // Samples of 'generate': the id is the prompt's, with several completions.
      promptId = row.name("id");
      id = promptId + "/" + samples.merge(promptId, 1, Integer::sum);
    } else {
      id = id(input, row);
      promptId = row.has("prompt_id") ? row.name("prompt_id") : id;
    }
    if (row.has(IDS)) {
      var tokens =
          new Tokens(row.ids(IDS), row.ids("prompt_token_ids"), exchange.response().orElse(""));
      List<Double> recorded = recorded(row, tokens.ids().size());
      return response(row, id, promptId, exchange.prompt(), tokens, recorded);
    }
    Optional<String> text = exchange.response();
    if (text.isEmpty()) {
      throw exchange.prompt() instanceof Prompt.Chat && !row.has("prompt")
          ? row.error(
              "the last message is not the assistant's",
              "end the chat with the response to be scored")
          : row.error("the field \"completion\" is missing", "give it a string");
    }
    List<Double> recorded = recorded(row, -1);
    boolean blank =
        exchange.prompt() instanceof Prompt.Text prompt
            && prompt.text().endsWith(" ")
            && !options.keepBlanks();
    var response = new Text(text.get(), blank ? Boundary.BLANKS_MOVED : Boundary.SEPARATE);
    return response(row, id, promptId, exchange.prompt(), response, recorded);
  }

  /** The row, with an empty prompt where a response stands alone and needs none. */
  private JsonRow prompted(JsonRow row) {
    if (options.promptsOptional()
        && RESPONSES.stream().noneMatch(row::has)
        && Exchange.PROMPT_FIELDS.stream().noneMatch(row::has)) {
      throw row.error("the field \"completion\" is missing", "give it a string");
    }
    boolean alone =
        options.promptsOptional()
            && row.has("completion")
            && !row.has("messages")
            && !row.has("prompt_token_ids")
            && Exchange.PROMPT_FIELDS.stream().noneMatch(row::has);
    if (!alone) {
      return row;
    }
    ObjectNode object = row.object().deepCopy();
    object.put("prompt", "");
    return new JsonRow(row.file(), row.number(), object, row.dialect());
  }

  private static GivenResponse response(
      JsonRow row,
      String id,
      String promptId,
      Prompt prompt,
      Response response,
      List<Double> recorded) {
    return new GivenResponse(id, promptId, prompt, response, recorded, row.file(), row.number());
  }

  private String id(Input input, JsonRow row) {
    for (String field : new String[] {"example_id", "id"}) {
      if (row.has(field)) {
        return row.name(field);
      }
    }
    String number = Long.toString(row.number());
    return severalFiles ? input.stem() + "/" + number : number;
  }

  /** The log-probabilities that a row has, one for each token if {@code tokens} is not negative. */
  private List<Double> recorded(JsonRow row, int tokens) {
    if (!options.recorded()) {
      return List.of();
    }
    Optional<String> list = column(row, Field.LOG_PROBS);
    Optional<String> sum = column(row, Field.LOG_PROB);
    if (list.isEmpty()) {
      return sum.map(field -> List.of(logProb(row, field, row.number(field)))).orElse(List.of());
    }
    String field = list.get();
    List<Double> logProbs =
        row.numbers(field).stream().map(value -> logProb(row, field, value)).toList();
    if (tokens >= 0 && logProbs.size() != tokens) {
      throw row.error(
          "\"%s\" has %d numbers for %d tokens".formatted(field, logProbs.size(), tokens),
          "give one for each token");
    }
    sum.ifPresent(scalar -> {
      double given = logProb(row, scalar, row.number(scalar));
      double total = logProbs.stream().mapToDouble(Double::doubleValue).sum();
      if (!LogProbRange.agree(given, total)) {
        throw row.error(
            LogProbRange.contradiction(scalar, given, field, total), LogProbRange.AGREE);
      }
    });
    return logProbs;
  }

  /** The column of a field; a {@code score} beside a response is as likely a reward. */
  private static Optional<String> column(JsonRow row, Field field) {
    List<String> columns =
        row.object().propertyNames().stream()
            .filter(name -> row.has(name) && !name.equalsIgnoreCase("score"))
            .toList();
    return ColumnMap.NONE.find(Input.of(row.file()), columns, field);
  }

  private static double logProb(JsonRow row, String field, double value) {
    return LogProbRange.require(row.file(), row.number(), field, value);
  }

  private List<GivenResponse> harness(Input input, HarnessRow given) {
    String doc = task(input) + given.doc();
    List<GivenResponse> responses = new ArrayList<>();
    if (given.isChoice()) {
      choices++;
    }
    List<Integer> chosen = options.allChoices() ? given.all() : given.gold();
    for (int choice : chosen) {
      HarnessRow.Request request = given.requests().get(choice);
      String context = stripped(request.context());
      String blanks = request.context().substring(context.length());
      moved += blanks.isEmpty() ? 0 : 1;
      responses.add(
          response(
              given.row(),
              chosen.size() == 1 && !options.allChoices() ? doc : doc + "/" + choice,
              doc,
              Prompt.text(text(given, context)),
              new Text(blanks + text(given, request.continuation()), Boundary.JOINED),
              List.of(Math.min(0, request.logLikelihood()))));
    }
    return responses;
  }

  private static String text(HarnessRow given, String text) {
    if (JsonRow.hasHalfPair(text)) {
      throw given
          .row()
          .error(
              "a request holds half of a surrogate pair, which is not a character",
              "log the samples as UTF-8");
    }
    return text;
  }

  /** Without trailing white space, as Python's {@code rstrip} has it. */
  private static String stripped(String text) {
    int end = text.length();
    while (end > 0 && isPythonBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  private static boolean isPythonBlank(char c) {
    // U+001C to U+001F, U+0085 and the no-break spaces count for Python too.
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
  }

  /**
   * The names of a log's documents begin with its task, which its file {@code
   * samples_TASK_TIME.jsonl} tells; of several files, other names stand for the task.
   */
  private String task(Input input) {
    return HarnessRow.task(input)
        .or(() -> severalFiles ? Optional.of(input.stem()) : Optional.empty())
        .map(name -> name + "/")
        .orElse("");
  }
}
