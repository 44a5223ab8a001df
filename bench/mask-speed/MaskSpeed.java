import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.verify.AutomatonVerifier;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.core.verify.VerifierException;
import io.tailwalk.runs.Tailwalk;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.verifiers.VerifierSpecs;
import io.tailwalk.verifiers.schema.JsonSchemaVerifier;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How long masks take along given texts, a new verifier for each text; see bench/masks. Writes the
 * vocabulary and the tokens of the texts for the other libraries, and a line of JSON for each case.
 */
public final class MaskSpeed {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> FIELDS = List.of("id", "kind", "spec", "text");

  /** Processor time, as other processes may be busy. */
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** A case with the tokens of its text. */
  private record Case(String id, String spec, int[] tokens) {}

  private final Vocabulary vocabulary;
  private long masks;

  private MaskSpeed(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** Nanoseconds of one text: reading the specification, then each mask. */
  private static final class Times {
    long compile;
    long[] mask;
    boolean[] fresh;
  }

  private Times once(Case one) {
    var times = new Times();
    times.mask = new long[one.tokens.length + 1];
    times.fresh = new boolean[one.tokens.length + 1];
    long began = THREADS.getCurrentThreadCpuTime();
    Verifier verifier = VerifierSpecs.parse(one.spec);
    times.compile = THREADS.getCurrentThreadCpuTime() - began;
    var value = verifier.prefixValue();
    AutomatonVerifier masked =
        verifier instanceof JsonSchemaVerifier schema
            ? schema.shape()
            : (AutomatonVerifier) verifier;
    masked.keptMasks(vocabulary);
    for (int length = 0; length <= one.tokens.length; length++) {
      var prefix =
          Candidate.partial(Prompt.text(""), vocabulary, Arrays.copyOf(one.tokens, length));
      int kept = masked.keptMasks(vocabulary);
      began = THREADS.getCurrentThreadCpuTime();
      var scores = value.childLogValues(prefix);
      times.mask[length] = THREADS.getCurrentThreadCpuTime() - began;
      times.fresh[length] = masked.keptMasks(vocabulary) > kept;
      masks++;
      if (length < one.tokens.length && scores.logScore(one.tokens[length]) != 0) {
        throw new IllegalArgumentException(
            "token %d of the text of case %s in CASES is not allowed; write a text that passes"
                .formatted(length, one.id));
      }
    }
    return times;
  }

  private static double median(long[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  private void measure(Case one, int repeats, PrintStream out, double coldNanos) {
    List<Times> all = new ArrayList<>();
    for (int i = 0; i < repeats; i++) {
      all.add(once(one));
    }
    double sum = 0;
    double fresh = 0;
    var freshAt = JSON.createArrayNode();
    double most = 0;
    int places = one.tokens.length + 1;
    for (int place = 0; place < places; place++) {
      int at = place;
      double median = median(all.stream().mapToLong(t -> t.mask[at]).toArray());
      sum += median;
      most = Math.max(most, median);
      if (all.getLast().fresh[place]) {
        fresh += median;
        freshAt.add(place);
      }
    }
    double compile = median(all.stream().mapToLong(t -> t.compile).toArray());
    out.println(
        JSON.writeValueAsString(
            JSON.createObjectNode()
                .put("id", one.id)
                .put("places", places)
                .put("us_fresh", fresh / 1e3 / Math.max(1, freshAt.size()))
                .put("us", sum / 1e3 / places)
                .put("us_max", most / 1e3)
                .put("us_cold", coldNanos / 1e3 / places)
                .put("us_compile", compile / 1e3)
                .set("fresh", freshAt)));
  }

  private static List<Case> cases(Path file, Path folder, Vocabulary vocabulary)
      throws IOException {
    List<Case> cases = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      JsonNode row = row(line, file);
      String kind = row.get("kind").asString();
      String spec = row.get("spec").asString();
      if (kind.equals("json-schema") || kind.equals("grammar")) {
        Path written = folder.resolve("spec-" + cases.size());
        Files.writeString(written, spec);
        spec = written.toString();
      } else if (spec.contains(" and ") || spec.startsWith("\"")) {
        spec = '"' + spec.replace("\"", "\"\"") + '"';
      }
      int[] tokens = vocabulary.encode(row.get("text").asString());
      String id = row.get("id").asString();
      spec = kind + ":" + spec;
      Verifier verifier = VerifierSpecs.parse(spec);
      if (!(verifier instanceof JsonSchemaVerifier || verifier instanceof AutomatonVerifier)) {
        throw new IllegalArgumentException(
            "the kind %s of case %s in CASES has no masks; omit the case".formatted(kind, id));
      }
      cases.add(new Case(id, spec, tokens));
    }
    if (cases.isEmpty()) {
      throw new IllegalArgumentException("CASES '" + file + "' has no lines; write one a case");
    }
    return cases;
  }

  private static JsonNode row(String line, Path file) {
    try {
      JsonNode row = JSON.readTree(line);
      if (FIELDS.stream().allMatch(field -> row.path(field).isString())) {
        return row;
      }
    } catch (JacksonException _) {
      // It is no JSON, which the sentence below says as well.
    }
    throw new IllegalArgumentException(
        "CASES '%s' has a line that is no JSON with the texts %s; correct it: %s"
            .formatted(file, String.join(", ", FIELDS), line));
  }

  private static PrintStream writer(Path file) throws IOException {
    return new PrintStream(file.toFile(), StandardCharsets.UTF_8);
  }

  /** The GGUF file, the file of cases, a folder for what it writes, and the number of walks. */
  public static void main(String[] args) {
    try {
      measure("gguf:" + args[0], Path.of(args[1]), Path.of(args[2]), Integer.parseInt(args[3]));
    } catch (IllegalArgumentException | InputException | ModelException | VerifierException e) {
      refuse(e.getMessage());
    } catch (IOException e) {
      refuse("cannot read CASES or write the temporary folder; check both: " + e);
    }
  }

  private static void refuse(String sentence) {
    System.err.println("bench/masks: " + sentence);
    System.exit(2);
  }

  private static void measure(String model, Path file, Path folder, int repeats)
      throws IOException {
    try (var session = Tailwalk.open(model)) {
      Vocabulary vocabulary = session.model().vocabulary();
      List<Case> cases = cases(file, folder, vocabulary);
      try (var out = writer(folder.resolve("tokens.txt"))) {
        for (int token = 0; token < vocabulary.size(); token++) {
          boolean end = vocabulary.isEnd(token);
          out.println((end ? "!" : "") + HexFormat.of().formatHex(vocabulary.bytes(token)));
        }
      }
      try (var out = writer(folder.resolve("texts.txt"))) {
        for (Case one : cases) {
          out.println(JSON.writeValueAsString(one.tokens));
        }
      }
      var speed = new MaskSpeed(vocabulary);
      long began = THREADS.getCurrentThreadCpuTime();
      VerifierSpecs.parse("any")
          .prefixValue()
          .childLogValues(Candidate.partial(Prompt.text(""), vocabulary, new int[0]));
      double trie = (THREADS.getCurrentThreadCpuTime() - began) / 1e6;
      double[] cold = new double[cases.size()];
      for (int i = 0; i < cold.length; i++) {
        cold[i] = Arrays.stream(speed.once(cases.get(i)).mask).sum();
      }
      for (int i = 0; i < repeats; i++) {
        cases.forEach(speed::once);
      }
      long warmUp = speed.masks;
      try (var out = writer(folder.resolve("tailwalk.jsonl"))) {
        for (int i = 0; i < cold.length; i++) {
          speed.measure(cases.get(i), repeats, out, cold[i]);
        }
      }
      System.err.printf(
          "tailwalk: %d tokens, trie in %.0f ms, %d masks to warm up%n",
          vocabulary.size(), trie, warmUp);
    }
  }
}
