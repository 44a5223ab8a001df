package io.tailwalk.verifiers.schema;

import io.tailwalk.core.verify.AutomatonVerifier;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.ChildScores;
import io.tailwalk.core.verify.FinishReason;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.verifiers.spec.SpecFiles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Passes JSON texts that a schema admits. The schema is followed byte by byte, as far as shapes
 * describe it; the verdict on a complete text is the judge's. A prefix has value 0 only if no text
 * that the schema admits begins with it.
 */
public final class JsonSchemaVerifier implements Verifier {
  private final AutomatonVerifier shape;
  private final Predicate<JsonNode> judge;

  private JsonSchemaVerifier(AutomatonVerifier shape, Predicate<JsonNode> judge) {
    this.shape = shape;
    this.judge = judge;
  }

  /**
   * The verifier of a schema.
   *
   * @param loaded the schema, or what an API wraps around it
   * @param assertsFormats whether strings must have the format that {@code format} names
   * @param folder other documents that the schema may refer to
   * @throws IllegalArgumentException in one sentence if it is not a schema or admits no text
   */
  public static JsonSchemaVerifier of(
      SpecFiles.Loaded loaded, boolean assertsFormats, SchemaFolder folder) {
    String file = loaded.name();
    try {
      JsonNode node = JsonTree.read(loaded.text());
      if (!node.isObject() && !node.isBoolean()) {
        throw new IllegalArgumentException("it is not an object");
      }
      var library = new Library(Wrappers.unwrapped(node), folder::read);
      var patterns = new ConcurrentHashMap<String, EcmaPattern>();
      new SchemaCheck(library, patterns, node).check();
      var choices = new Choices(new SchemaReader(library, patterns, assertsFormats));
      var goals = choices.of(List.of(new Term.Of(library.root(), false)));
      if (!choices.areProductive(goals)) {
        throw new IllegalArgumentException("no JSON text fulfils it; make its conditions agree");
      }
      var automaton = new SchemaAutomaton(() -> new Walk(choices, goals));
      var checks = new Checks(patterns, assertsFormats);
      var sources = new TreeMap<>(loaded.sources());
      sources.putAll(folder.sources());
      return new JsonSchemaVerifier(
          new AutomatonVerifier("json-schema:" + file, automaton, sources),
          value -> Judge.admits(library, checks, patterns, value));
    } catch (StackOverflowError e) {
      throw new IllegalArgumentException(
          "json-schema: the file " + file + " is nested too deeply; nest it less", e);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "json-schema: the file " + file + " is not valid JSON: " + JsonTree.fault(loaded.text()),
          e);
    } catch (IllegalArgumentException | Unjudgeable e) {
      throw new IllegalArgumentException(
          "json-schema: the file " + file + " is not a valid schema: " + e.getMessage(), e);
    }
  }

  @Override
  public String name() {
    return shape.name();
  }

  @Override
  public Map<String, String> sources() {
    return shape.sources();
  }

  @Override
  public double logReward(Candidate complete) {
    double ofShape = shape.logReward(complete);
    return ofShape == 0 && admits(complete.text()) ? 0 : Double.NEGATIVE_INFINITY;
  }

  /** The first character that no valid text has there, or that a keyword of the schema fails. */
  @Override
  public Optional<String> reason(Candidate complete) {
    Optional<String> ofShape = shape.reason(complete);
    return ofShape.isPresent()
        ? ofShape
        : fault(complete.text()).map(why -> name() + ": the shape is right, but " + why);
  }

  @Override
  public boolean passesOrFails() {
    return true;
  }

  @Override
  public double logRewardBound() {
    return 0;
  }

  private boolean admits(String text) {
    return fault(text).isEmpty();
  }

  /** Why the judge does not admit a text; empty if it does. */
  private Optional<String> fault(String text) {
    JsonNode value;
    try {
      value = JsonTree.read(text);
    } catch (JacksonException _) {
      return Optional.of("it is not one JSON value within the limits");
    }
    try {
      return fault(value);
    } catch (StackOverflowError _) {
      // The caller's thread may have any stack: what a text is must not depend on that.
      return DeepStack.call(() -> fault(value));
    }
  }

  private Optional<String> fault(JsonNode value) {
    try {
      return judge.test(value)
          ? Optional.empty()
          : Optional.of("not every keyword of the schema holds");
    } catch (Unjudgeable e) {
      return Optional.of("it cannot be judged: " + e.getMessage());
    }
  }

  /** The judge is called only for texts of the required shape. */
  @Override
  public ChildScores childLogRewards(Candidate prefix, FinishReason reason) {
    ChildScores ofShape = shape.childLogRewards(prefix, reason);
    ChildScores oneByOne = Verifier.super.childLogRewards(prefix, reason);
    return new ChildScores() {
      @Override
      public double logScore(int token) {
        double score = ofShape.logScore(token);
        return score == 0 ? oneByOne.logScore(token) : score;
      }

      @Override
      public void logScores(double[] out) {
        ofShape.logScores(out);
        for (int token = 0; token < out.length; token++) {
          out[token] = out[token] == 0 ? oneByOne.logScore(token) : out[token];
        }
      }
    };
  }

  @Override
  public ValueFunction prefixValue() {
    return shape.prefixValue();
  }

  @Override
  public boolean masksVocabulary() {
    return true;
  }

  /** The verifier of unfinished texts, which provides the masks. */
  public AutomatonVerifier shape() {
    return shape;
  }

  /** The judge's verdict alone, for tests. */
  boolean isAdmittedByJudge(String text) {
    return admits(text);
  }
}
