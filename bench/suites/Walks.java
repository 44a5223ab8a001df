import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.ChildScores;
import io.tailwalk.core.verify.FinishReason;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.runs.Tailwalk;
import io.tailwalk.verifiers.VerifierSpecs;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Walks the accepted texts of suites by the tokens of a real model, or by bytes: each token must be in the mask,
 * and after the last one the end must pass. See bench/suites/walk.
 */
public final class Walks {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final Vocabulary vocabulary;
  private final int end;
  private final PrintStream failures;
  private final Path file;
  private int schemas;
  private int refused;
  private int texts;
  private int rejected;
  private int foreign;
  private long tokens;
  private int deadBytes;
  private int deadTokens;
  private int deadEnds;

  private Walks(Vocabulary vocabulary, PrintStream failures) throws Exception {
    this.vocabulary = vocabulary;
    this.failures = failures;
    int last = 0;
    while (!vocabulary.isEnd(last)) {
      last++;
    }
    this.end = last;
    this.file = Files.createTempFile("schema", ".json");
    file.toFile().deleteOnExit();
  }

  private void schema(String id, JsonNode schema, JsonNode tests, String options) throws Exception {
    Files.writeString(file, schema.toString());
    Verifier verifier;
    try {
      verifier = VerifierSpecs.parse("json-schema:" + file + options);
    } catch (IllegalArgumentException e) {
      refused++;
      return;
    }
    schemas++;
    for (JsonNode test : tests) {
      if (test.get("valid").booleanValue()) {
        for (String text : List.of(test.get("data").toString(), test.get("data").toPrettyString())) {
          walk(id, verifier, text);
        }
      }
    }
  }

  private void walk(String id, Verifier verifier, String text) {
    int[] ids = vocabulary.encode(text);
    if (!Arrays.equals(vocabulary.decodeBytes(ids), text.getBytes(StandardCharsets.UTF_8))) {
      foreign++;
      return;
    }
    int[] ended = Arrays.copyOf(ids, ids.length + 1);
    ended[ids.length] = end;
    var complete = Candidate.complete(Prompt.text(""), vocabulary, ended, FinishReason.STOP);
    if (verifier.logReward(complete) != 0) {
      rejected++;
      fail(id, "rejected", text, 0);
      return;
    }
    texts++;
    ValueFunction value = verifier.prefixValue();
    for (int length = 0; length < ids.length; length++) {
      Candidate prefix =
          Candidate.partial(Prompt.text(""), vocabulary, Arrays.copyOf(ids, length));
      ChildScores mask = value.childLogValues(prefix);
      tokens++;
      if (mask.logScore(ids[length]) != 0) {
        deadTokens++;
        fail(id, "dead token", text, length);
        return;
      }
      if (value.logValue(prefix.extend(ids[length])) != 0) {
        deadBytes++;
        fail(id, "dead prefix", text, length);
        return;
      }
    }
    var last = Candidate.partial(Prompt.text(""), vocabulary, ids);
    if (verifier.childLogRewards(last, FinishReason.STOP).logScore(end) != 0) {
      deadEnds++;
      fail(id, "dead end", text, ids.length);
    }
  }

  private void fail(String id, String what, String text, int at) {
    failures.println(
        JSON.writeValueAsString(
            JSON.createObjectNode().put("id", id).put("what", what).put("at", at).put("text", text)));
  }

  private void jsonSchema(Path root, int every) throws Exception {
    String refs = ",refs=http://localhost:1234/=" + root.resolve("remotes");
    int number = 0;
    for (String draft : List.of("draft4", "draft7", "draft2019-09", "draft2020-12")) {
      Path folder = root.resolve("tests").resolve(draft);
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path path : files.filter(p -> p.toString().endsWith(".json")).sorted().toList()) {
          boolean annotates = path.equals(folder.resolve("format.json"));
          for (JsonNode one : JSON.readTree(path)) {
            if (number++ % every == 0) {
              schema(
                  draft + " " + one.get("description").asString(),
                  Suite.withDraft(one.get("schema"), draft),
                  one.get("tests"),
                  refs + (annotates ? ",format=ignore" : ""));
            }
          }
        }
      }
    }
  }

  private void maskBench(Path root, int every) throws Exception {
    try (Stream<Path> files = Files.list(root.resolve("maskbench/data"))) {
      int number = 0;
      for (Path path : files.filter(p -> p.toString().endsWith(".json")).sorted().toList()) {
        if (number++ % every == 0) {
          JsonNode one = JSON.readTree(path);
          JsonNode tests = Optional.ofNullable(one.get("tests")).orElse(JSON.createArrayNode());
          schema(path.getFileName().toString(), one.get("schema"), tests, "");
        }
      }
    }
  }

  /** Lines of JSON with a specification and accepted texts. */
  private void specs(Path lines) throws Exception {
    for (String line : Files.readAllLines(lines)) {
      JsonNode row = JSON.readTree(line);
      String spec = row.get("spec").asString();
      try (Verifier verifier = VerifierSpecs.parse(row.get("kind").asString() + ":" + spec)) {
        schemas++;
        for (JsonNode text : row.get("texts")) {
          walk(spec, verifier, text.asString());
        }
      } catch (IllegalArgumentException e) {
        refused++;
      }
    }
  }

  private void print(String suite) {
    System.out.println(
        "suite\tspecifications\trefused\ttexts walked\ttokens\tdead tokens\tdead prefixes"
            + "\tdead ends\trejected\tnot written by the tokens");
    System.out.println(
        String.join(
            "\t",
            suite,
            schemas + "",
            refused + "",
            texts + "",
            tokens + "",
            deadTokens + "",
            deadBytes + "",
            deadEnds + "",
            rejected + "",
            foreign + ""));
  }

  /** A GGUF file or {@code bytes}, a suite, its folder or file, a file for failures, and a step. */
  public static void main(String[] args) throws Exception {
    if (args[0].equals("bytes")) {
      walk(Suite.BYTES, args);
      return;
    }
    try (var session = Tailwalk.open("gguf:" + args[0])) {
      walk(session.model().vocabulary(), args);
    }
  }

  private static void walk(Vocabulary vocabulary, String[] args) throws Exception {
    try (var failures = new PrintStream(args[3], StandardCharsets.UTF_8)) {
      var walks = new Walks(vocabulary, failures);
      Path root = Path.of(args[2]);
      int every = args.length > 4 ? Integer.parseInt(args[4]) : 1;
      switch (args[1]) {
        case "json-schema" -> walks.jsonSchema(root, every);
        case "maskbench" -> walks.maskBench(root, every);
        default -> walks.specs(root);
      }
      walks.print(args[1]);
    }
  }
}
