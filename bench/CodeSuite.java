import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.FinishReason;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.verifiers.VerifierSpecs;
import io.tailwalk.verifiers.spec.ModelOpener;
import io.tailwalk.verifiers.spec.SpecContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Judges the reference solution and a stub of every row of HumanEval or MBPP; started by bench/suites. */
class CodeSuite {
  private static final Pattern NAME = Pattern.compile("(?m)^(?:def|class)[ \t]+(\\w+)");

  public static void main(String... arguments) throws Exception {
    boolean mbpp = arguments[0].equals("mbpp");
    String limit = arguments.length > 2 ? arguments[2] : "60";
    int rows = 0;
    int right = 0;
    int stubs = 0;
    long start = ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis();
    for (String line : Files.readAllLines(Path.of(arguments[1]))) {
      JsonNode row = new ObjectMapper().readTree(line);
      String prompt = mbpp ? "" : row.path("prompt").asString();
      String code = row.path(mbpp ? "code" : "canonical_solution").asString().replace("\r\n", "\n");
      String tests = mbpp ? ofMbpp(row) : ofHumanEval(row);
      String spec = "code[" + limit + "s]:python,tests=@t" + (mbpp ? "" : ",before=prompt");
      var context = new SpecContext((_, _) -> Optional.of(tests), ModelOpener.NONE);
      rows++;
      try (Verifier verifier = VerifierSpecs.parse(spec, context)) {
        Candidate solution = candidate(prompt, code);
        if (verifier.logReward(solution) == 0) {
          right++;
        } else {
          System.out.println(row.path("task_id") + " fails: " + verifier.reason(solution).orElse(""));
        }
        if (verifier.logReward(candidate(prompt, mbpp ? stub(code) : "    return None\n")) == 0) {
          stubs++;
          System.out.println(row.path("task_id") + " is passed by a stub");
        }
      }
    }
    long end = ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis();
    System.out.printf(
        "%d rows: %d reference solutions pass, %d stubs pass; %d ms of processor time per row%n",
        rows, right, stubs, (end - start) / Math.max(1, rows));
  }

  private static String ofHumanEval(JsonNode row) {
    return row.path("test").asString() + "\n\ncheck(" + row.path("entry_point").asString() + ")\n";
  }

  private static String ofMbpp(JsonNode row) {
    var tests = new StringBuilder(row.path("test_setup_code").asString("") + "\n");
    row.path("test_imports").forEach(test -> tests.append(test.asString()).append('\n'));
    row.path("test_list").forEach(test -> tests.append(test.asString()).append('\n'));
    return tests.toString();
  }

  private static String stub(String code) {
    var stub = new StringBuilder();
    for (Matcher name = NAME.matcher(code); name.find(); ) {
      stub.append("def ").append(name.group(1)).append("(*a, **k): return None\n");
    }
    return stub.toString();
  }

  private static Candidate candidate(String prompt, String text) {
    return Candidate.complete(
        Prompt.text(prompt), new OneText(text), new int[] {0}, FinishReason.STOP);
  }

  /** A vocabulary whose only token is a complete text. */
  private record OneText(String text) implements Vocabulary {
    @Override
    public int size() {
      return 2;
    }

    @Override
    public byte[] bytes(int token) {
      return token == 0 ? text.getBytes(StandardCharsets.UTF_8) : new byte[0];
    }

    @Override
    public boolean isEnd(int token) {
      return token == 1;
    }

    @Override
    public int[] encode(String all) {
      throw new UnsupportedOperationException("not needed here");
    }
  }
}
