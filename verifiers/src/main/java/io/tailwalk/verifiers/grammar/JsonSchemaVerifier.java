package io.tailwalk.verifiers.grammar;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tailwalk.core.verify.AutomatonVerifier;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.ChildScores;
import io.tailwalk.core.verify.FinishReason;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.verifiers.spec.SpecFiles;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Passes JSON texts that a schema admits. The schema's shape is followed as a grammar, byte by
 * byte; a validator also checks the complete text for conditions beyond the grammar. A prefix has
 * value 0 only if no text of that shape begins with it.
 */
final class JsonSchemaVerifier implements Verifier {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  // The libraries put the class of a cause before its message, and advise options of their own.
  private static final String CLASS = "^(?:[a-z]\\w*\\.)+[A-Z]\\w*(?:Exception|Error): ";
  private static final String ADVICE = ", from `[^`]*`";

  private final AutomatonVerifier shape;
  private final Schema schema;

  private JsonSchemaVerifier(AutomatonVerifier shape, Schema schema) {
    this.shape = shape;
    this.schema = schema;
  }

  /**
   * The verifier of a schema.
   *
   * @throws IllegalArgumentException if it is not a schema or admits no text
   */
  static JsonSchemaVerifier of(SpecFiles.Loaded loaded) {
    String file = loaded.name();
    try {
      JsonNode node = JSON.readTree(loaded.text());
      if (!node.isObject() && !node.isBoolean()) {
        throw new IllegalArgumentException("it is not an object");
      }
      var shape = new GrammarAutomaton(JsonSchemaGrammar.of(node));
      SchemaRegistry registry =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
      Schema schema = registry.getSchema(node);
      schema.initializeValidators();
      return new JsonSchemaVerifier(
          new AutomatonVerifier("json-schema:" + file, shape, loaded.sources()), schema);
    } catch (StackOverflowError e) {
      throw new IllegalArgumentException(
          "json-schema: the file " + file + " is nested too deeply; nest it less", e);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "json-schema: the file " + file + " is not valid JSON: " + firstLine(e) + "; fix it", e);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "json-schema: the file " + file + " is not a valid schema: " + firstLine(e), e);
    }
  }

  private static String firstLine(Exception e) {
    String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    String plain = line.replaceFirst(CLASS, "").replaceFirst(ADVICE, "");
    return plain.startsWith("Stack overflow")
        ? "a pattern is nested too deeply; nest it less"
        : plain;
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

  @Override
  public boolean passesOrFails() {
    return true;
  }

  @Override
  public double logRewardBound() {
    return 0;
  }

  private boolean admits(String text) {
    try {
      return schema.validate(JSON.readTree(text)).isEmpty();
    } catch (JacksonException e) {
      return false;
    }
  }

  /** The validator is called only for texts of the required shape. */
  @Override
  public ChildScores childLogRewards(Candidate prefix, FinishReason reason) {
    ChildScores ofShape = shape.childLogRewards(prefix, reason);
    ChildScores oneByOne = Verifier.super.childLogRewards(prefix, reason);
    return token ->
        ofShape.logScore(token) == 0 ? oneByOne.logScore(token) : Double.NEGATIVE_INFINITY;
  }

  @Override
  public ValueFunction prefixValue() {
    return shape.prefixValue();
  }

  @Override
  public boolean masksVocabulary() {
    return true;
  }
}
