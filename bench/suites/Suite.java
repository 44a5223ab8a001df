import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.FinishReason;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.verifiers.VerifierSpecs;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs JSON Schema suites of others from a local copy; see the scripts next to it. */
public final class Suite {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();
  private static final int SECONDS = 10;

  private final TreeMap<String, int[]> counts = new TreeMap<>();
  private final PrintStream failures;
  private final Path file;
  private long compileNanos;
  private long textNanos;
  private int compiled;

  private Suite(PrintStream failures) throws Exception {
    this.failures = failures;
    this.file = Files.createTempFile("schema", ".json");
    file.toFile().deleteOnExit();
  }

  /** Columns of the table. */
  private enum Column {
    TESTS,
    RIGHT,
    WRONGLY_REJECTED,
    WRONGLY_ACCEPTED,
    REFUSED,
    TIMED_OUT,
    INVALID,
    LATE
  }

  /** A token for each byte, and the end. */
  private static final class Bytes implements Vocabulary {
    @Override
    public int size() {
      return 257;
    }

    @Override
    public byte[] bytes(int token) {
      return token == 256 ? new byte[0] : new byte[] {(byte) token};
    }

    @Override
    public boolean isEnd(int token) {
      return token == 256;
    }

    @Override
    public int[] encode(String string) {
      byte[] text = string.getBytes(StandardCharsets.UTF_8);
      int[] ids = new int[text.length];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = text[i] & 0xFF;
      }
      return ids;
    }
  }

  static final Vocabulary BYTES = new Bytes();

  private void count(String row, Column column) {
    counts.computeIfAbsent(row, _ -> new int[Column.values().length])[column.ordinal()]++;
  }

  private void fail(String row, String id, String what, JsonNode schema, JsonNode data) {
    failures.println(
        JSON.writeValueAsString(
            JSON.createObjectNode()
                .put("row", row)
                .put("id", id)
                .put("what", what)
                .set("data", data)
                .set("schema", schema.toString().length() > 3000 ? JSON.createObjectNode() : schema)));
  }

  /** Runs the tests of one schema; whether all went right. */
  private boolean schema(
      String row, String id, JsonNode schema, JsonNode tests, String options, String field)
      throws Exception {
    Files.writeString(file, schema.toString());
    var pool = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
    Future<String> work =
        pool.submit(() -> tests(row, id, schema, tests, options, field));
    try {
      return work.get(SECONDS, TimeUnit.SECONDS).isEmpty();
    } catch (TimeoutException e) {
      count(row, Column.TIMED_OUT);
      fail(row, id, "timed out", schema, tests);
    } catch (ExecutionException e) {
      count(row, Column.REFUSED);
      fail(row, id, "error " + e.getCause(), schema, tests);
      e.getCause().printStackTrace();
    } finally {
      pool.shutdownNow();
    }
    return false;
  }

  private String tests(
      String row, String id, JsonNode schema, JsonNode tests, String options, String field) {
    Verifier verifier;
    long began = System.nanoTime();
    try {
      verifier = VerifierSpecs.parse("json-schema:" + file + options);
    } catch (IllegalArgumentException e) {
      boolean unsatisfiable = String.valueOf(e.getMessage()).contains("no JSON text fulfils it");
      boolean right = unsatisfiable;
      for (JsonNode test : tests) {
        count(row, Column.TESTS);
        boolean fits = unsatisfiable && !test.get("valid").booleanValue();
        right &= fits;
        count(row, fits ? Column.RIGHT : Column.REFUSED);
      }
      if (!right) {
        fail(row, id, e.getMessage(), schema, tests);
      }
      return right ? "" : "refused";
    }
    compileNanos += System.nanoTime() - began;
    compiled++;
    String faults = "";
    for (JsonNode test : tests) {
      began = System.nanoTime();
      faults += test(row, id, verifier, schema, test, field);
      textNanos += System.nanoTime() - began;
    }
    return faults;
  }

  private String test(
      String row, String id, Verifier verifier, JsonNode schema, JsonNode test, String field) {
    boolean valid = test.get("valid").booleanValue();
    int[] whole = BYTES.encode(test.get(field).toString());
    int[] ended = java.util.Arrays.copyOf(whole, whole.length + 1);
    ended[whole.length] = 256;
    var complete = Candidate.complete(Prompt.text(""), BYTES, ended, FinishReason.STOP);
    boolean passes = verifier.logReward(complete) == 0;
    boolean alive =
        verifier.prefixValue().logValue(Candidate.partial(Prompt.text(""), BYTES, whole)) == 0;
    count(row, Column.TESTS);
    if (!valid) {
      count(row, Column.INVALID);
      if (alive) {
        count(row, Column.LATE);
        if (!passes) {
          fail(row + " late", id, "late", schema, test);
        }
      }
    }
    if (passes && !alive) {
      throw new IllegalStateException("an accepted text has a dead prefix");
    }
    if (passes == valid) {
      count(row, Column.RIGHT);
      return "";
    }
    count(row, valid ? Column.WRONGLY_REJECTED : Column.WRONGLY_ACCEPTED);
    String what = valid ? "rejected" + (alive ? " at the end" : " and cut") : "accepted";
    fail(row, id, what, schema, test);
    return what;
  }

  private void print() {
    System.out.println(
        "suite\ttests\tright\twrongly rejected\twrongly accepted\trefused\ttimed out"
            + "\tinvalid texts\tcut only at the end");
    counts.forEach(
        (row, all) -> {
          var line = new StringBuilder(row);
          for (int count : all) {
            line.append('\t').append(count);
          }
          System.out.println(line);
        });
    System.err.printf(
        "%d schemas read in %.1f ms each; %.1f s for the texts%n",
        compiled, compileNanos / 1e6 / Math.max(1, compiled), textNanos / 1e9);
  }

  private void testSuite(Path root) throws Exception {
    String refs = ",refs=http://localhost:1234/=" + root.resolve("remotes");
    for (String draft : List.of("draft4", "draft7", "draft2019-09", "draft2020-12")) {
      Path folder = root.resolve("tests").resolve(draft);
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path path : files.filter(p -> p.toString().endsWith(".json")).sorted().toList()) {
          boolean optional = path.startsWith(folder.resolve("optional"));
          boolean annotates = path.equals(folder.resolve("format.json"));
          for (JsonNode one : JSON.readTree(path)) {
            JsonNode schema = withDraft(one.get("schema"), draft);
            schema(
                (optional ? "optional " : "core ") + draft,
                path.getFileName() + " " + one.get("description").asString(),
                schema,
                one.get("tests"),
                refs + (annotates ? ",format=ignore" : ""),
                "data");
          }
        }
      }
    }
  }

  /** A schema that names its draft, as the suite's README asks. */
  static JsonNode withDraft(JsonNode schema, String draft) {
    if (!schema.isObject() || schema.has("$schema")) {
      return schema;
    }
    String uri =
        switch (draft) {
          case "draft4" -> "http://json-schema.org/draft-04/schema#";
          case "draft7" -> "http://json-schema.org/draft-07/schema#";
          default -> "https://json-schema.org/" + draft.replace("draft", "draft/") + "/schema";
        };
    var out = JSON.createObjectNode().put("$schema", uri);
    schema.properties().forEach(entry -> out.set(entry.getKey(), entry.getValue()));
    return out;
  }

  private void maskBench(Path root, int every, String only) throws Exception {
    try (Stream<Path> files = Files.list(root.resolve("maskbench/data"))) {
      int number = 0;
      for (Path path : files.filter(p -> p.toString().endsWith(".json")).sorted().toList()) {
        if (number++ % every != 0 || !path.getFileName().toString().contains(only)) {
          continue;
        }
        JsonNode one = JSON.readTree(path);
        JsonNode tests = Optional.ofNullable(one.get("tests")).orElse(JSON.createArrayNode());
        count("schemas", Column.TESTS);
        if (schema("texts", path.getFileName().toString(), one.get("schema"), tests, "", "data")) {
          count("schemas", Column.RIGHT);
        }
      }
    }
  }

  /** The suite's name, its folder, a file for failures; for MaskBench a step, and part of names. */
  public static void main(String[] args) throws Exception {
    try (var failures = new PrintStream(args[2], StandardCharsets.UTF_8)) {
      var suite = new Suite(failures);
      Path root = Path.of(args[1]);
      if (args[0].equals("json-schema")) {
        suite.testSuite(root);
      } else {
        int every = args.length > 3 ? Integer.parseInt(args[3]) : 1;
        suite.maskBench(root, every, args.length > 4 ? args[4] : "");
      }
      suite.print();
    }
  }
}
