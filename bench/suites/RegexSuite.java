import io.tailwalk.core.verify.ByteAutomaton;
import io.tailwalk.verifiers.regex.RegexAutomaton;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the regex verifier the tests of rust-lang/regex; see the script regex next to it. */
public final class RegexSuite {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** What becomes of a pattern, the worst last. */
  private enum Outcome {
    RIGHT("right"),
    AS_JAVA("different in Java's dialect"),
    REFUSED("refused"),
    WRONG("wrong");

    final String label;

    Outcome(String label) {
      this.label = label;
    }
  }

  private final Map<String, Outcome> outcomes = new TreeMap<>();
  private final Map<String, String> refusals = new TreeMap<>();
  private final PrintStream failures;
  private int questions;

  private RegexSuite(PrintStream failures) {
    this.failures = failures;
  }

  private void test(JsonNode test) {
    String name = test.get("name").asString();
    String text = test.get("text").asString();
    for (JsonNode question : test.get("questions")) {
      questions++;
      String pattern = question.get(0).asString();
      boolean expected = question.get(1).booleanValue();
      Outcome outcome = ask(name, pattern, text, expected);
      outcomes.merge(name, outcome, (a, b) -> a.compareTo(b) > 0 ? a : b);
      if (outcome != Outcome.RIGHT) {
        failures.println(
            JSON.writeValueAsString(
                JSON.createObjectNode()
                    .put("outcome", outcome.label)
                    .put("test", test.get("file").asString() + " " + test.get("test").asString())
                    .put("regex", name)
                    .put("asked", pattern)
                    .put("text", text)
                    .put("expected", expected)
                    .put("why", refusals.getOrDefault(name, ""))));
      }
    }
  }

  private Outcome ask(String name, String pattern, String text, boolean expected) {
    boolean accepted = false;
    try {
      RegexAutomaton automaton = RegexAutomaton.of(pattern);
      int state = automaton.run(automaton.start(), text.getBytes(StandardCharsets.UTF_8));
      accepted = state != ByteAutomaton.DEAD && automaton.accepts(state);
    } catch (IllegalArgumentException e) {
      if (!e.getMessage().endsWith("matches no text at all")) {
        refusals.put(name, e.getMessage());
        return Outcome.REFUSED;
      }
    }
    if (accepted == expected) {
      return Outcome.RIGHT;
    }
    return java(pattern, text) == accepted ? Outcome.AS_JAVA : Outcome.WRONG;
  }

  private static boolean java(String pattern, String text) {
    try {
      return Pattern.compile(pattern).matcher(text).matches();
    } catch (PatternSyntaxException e) {
      throw new IllegalStateException("accepted here and refused by Java: " + pattern, e);
    }
  }

  private static String kind(String message) {
    int uses = message.lastIndexOf(" uses ");
    if (uses >= 0) {
      return message.substring(uses + 6).replaceAll(", which is not supported.*", "");
    }
    int bracket = message.lastIndexOf(" (");
    return bracket < 0
        ? message
        : message.substring(bracket + 2).replaceAll("( at character| near index|\\); fix).*|[{<].*", "");
  }

  private void print() {
    System.out.println("patterns\t" + outcomes.size() + "\nquestions\t" + questions);
    for (Outcome outcome : Outcome.values()) {
      long count = outcomes.values().stream().filter(o -> o == outcome).count();
      System.out.println(outcome.label + "\t" + count);
    }
    Map<String, Integer> kinds = new TreeMap<>();
    outcomes.forEach(
        (name, outcome) -> {
          if (outcome == Outcome.REFUSED) {
            kinds.merge(kind(refusals.get(name)), 1, Integer::sum);
          }
        });
    kinds.forEach((kind, count) -> System.out.println("refused: " + kind + "\t" + count));
  }

  /** The file of tests, and a file for failures. */
  public static void main(String[] args) throws Exception {
    try (var failures = new PrintStream(args[1], StandardCharsets.UTF_8)) {
      var suite = new RegexSuite(failures);
      for (String line : Files.readAllLines(Path.of(args[0]))) {
        suite.test(JSON.readTree(line));
      }
      suite.print();
    }
  }
}
