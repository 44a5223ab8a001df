package io.tailwalk.lab.tree;

import io.tailwalk.builtin.tree.FiniteTree;
import io.tailwalk.builtin.tree.TreeNode;
import io.tailwalk.core.verify.Rewards;
import io.tailwalk.records.Doubles;
import io.tailwalk.records.JsonRow;
import io.tailwalk.records.JsonText;
import io.tailwalk.records.TableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a finite tree: {@code {"bound":1,"nodes":[{"id","parent","pi","value","tau"}...]}}. {@code
 * pi} is the probability given the parent; {@code parent} is missing or null at the root, {@code
 * tau} is on leaves only, {@code value} on inner nodes. {@code bound} is the largest {@code tau}
 * that the verifier can return; if it is missing, it is the largest {@code tau} of the file. If the
 * bound is 0, stated or not, the verifier guarantees that no leaf is rewarded, and {@code Z = 0} is
 * certain from the start.
 */
public final class TreeFile {
  private static final Set<String> FIELDS = Set.of("id", "parent", "pi", "value", "tau");

  private TreeFile() {}

  /**
   * Reads a file.
   *
   * @throws TableException naming the file and the invalid node
   */
  public static FiniteTree read(Path file) {
    List<TreeNode> nodes = new ArrayList<>();
    ObjectNode whole = whole(file);
    JsonNode array = whole.get("nodes");
    if (array == null || !array.isArray()) {
      throw TableException.in(
          file,
          "\"nodes\" is " + (array == null ? "missing" : JsonRow.kind(array)),
          "give {\"nodes\":[{\"id\",\"parent\",\"pi\",\"value\",\"tau\"}...]}");
    }
    for (JsonNode node : array) {
      nodes.add(node(file, nodes.size() + 1, node));
    }
    try {
      FiniteTree tree = FiniteTree.of(file.getFileName().toString(), nodes);
      return tree.withBound(whole.hasNonNull("bound") ? bound(file, whole) : tree.largestTau());
    } catch (IllegalArgumentException e) {
      throw new TableException(file + ": " + e.getMessage() + "; fix the tree.", e);
    }
  }

  private static double bound(Path file, ObjectNode whole) {
    JsonNode bound = whole.path("bound");
    if (!bound.isNumber()) {
      throw badBound(file, JsonRow.kind(bound));
    }
    double number = Doubles.of(bound);
    if (!(number >= 0 && number <= Rewards.LARGEST)) {
      throw badBound(file, TableException.quoted(bound.asString()).replace("\"", ""));
    }
    return number;
  }

  private static TableException badBound(Path file, String what) {
    return TableException.in(
        file,
        "\"bound\" is " + what,
        "give a number from 0 to 1e300, the largest tau that the verifier can return");
  }

  private static ObjectNode whole(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new TableException(
          file + ": cannot be read as a text file; check the path and its permissions.", e);
    }
    try {
      if (JsonText.parse(text) instanceof ObjectNode object) {
        new JsonRow(file, 1, object).allowOnly(Set.of("nodes", "bound"));
        return object;
      }
    } catch (JacksonException e) {
      throw new TableException(
          "%s: is not JSON: %s%s; fix it.".formatted(file, JsonText.reason(e), JsonText.place(e)),
          e);
    }
    throw TableException.in(file, "is not a JSON object", "give {\"nodes\":[...]}");
  }

  private static TreeNode node(Path file, int number, JsonNode json) {
    if (!(json instanceof ObjectNode object)) {
      throw TableException.in(
          file, "node " + number + " is " + JsonRow.kind(json), "give an object");
    }
    String name = "node " + number;
    if (object.path("id").isString()) {
      name = "node " + TableException.quoted(object.path("id").stringValue());
    }
    var row = new Fields(file, name, object);
    row.allowOnlyKnown();
    String id = row.name("id");
    String parent = row.has("parent") ? row.name("parent") : null;
    if (parent != null && !row.has("pi")) {
      throw row.error("has no pi", "give its probability given the parent");
    }
    return new TreeNode(id, parent, row.number("pi"), row.number("value"), row.number("tau"));
  }

  /** The fields of one node, with error messages that name the node. */
  private record Fields(Path file, String node, ObjectNode object) {
    private boolean has(String field) {
      return object.hasNonNull(field);
    }

    private void allowOnlyKnown() {
      for (String field : object.propertyNames()) {
        if (!FIELDS.contains(field)) {
          throw error(
              "has an unknown field " + TableException.quoted(field),
              "the fields are " + String.join(", ", FIELDS.stream().sorted().toList()));
        }
      }
    }

    private String name(String field) {
      JsonNode value = object.path(field);
      if (value.isIntegralNumber()) {
        return value.asString();
      }
      if (!value.isString()) {
        throw error(
            "has " + (has(field) ? JsonRow.kind(value) : "nothing") + " as \"" + field + "\"",
            "give a string");
      }
      return value.stringValue();
    }

    private double number(String field) {
      JsonNode value = object.path(field);
      if (!has(field)) {
        return TreeNode.ABSENT;
      }
      if (!value.isNumber()) {
        throw error("has " + JsonRow.kind(value) + " as \"" + field + "\"", "give a number");
      }
      return Doubles.of(value);
    }

    private TableException error(String problem, String fix) {
      return TableException.in(file, node + " " + problem, fix);
    }
  }
}
