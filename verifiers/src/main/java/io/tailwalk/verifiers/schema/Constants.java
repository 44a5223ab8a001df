package io.tailwalk.verifiers.schema;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** The shapes of constants: any spelling of a value, objects in any order. */
final class Constants {
  private Constants() {}

  /**
   * Values that equal one of some constants. Several arrays or several objects are not told apart
   * here; see {@link #alternatives}.
   */
  static Shape shape(List<JsonNode> values) {
    var texts = new ArrayList<String>();
    var numbers = new ArrayList<BigDecimal>();
    boolean nulls = false;
    boolean trues = false;
    boolean falses = false;
    var arrays = new ArrayList<JsonNode>();
    var objects = new ArrayList<JsonNode>();
    for (JsonNode value : values) {
      switch (value.getNodeType()) {
        case STRING -> texts.add(value.asString());
        case NUMBER -> numbers.add(value.decimalValue());
        case BOOLEAN -> {
          trues |= value.booleanValue();
          falses |= !value.booleanValue();
        }
        case ARRAY -> arrays.add(value);
        case OBJECT -> objects.add(value);
        default -> nulls = true;
      }
    }
    return new Shape(
        nulls,
        trues,
        falses,
        texts.isEmpty() ? null : StringShape.of(Dfa.ofTexts(texts)),
        numbers.isEmpty() ? null : NumberShape.ofValues(numbers),
        arrays.isEmpty() ? null : arrays.size() == 1 ? array(arrays.getFirst()) : ArrayShape.ANY,
        objects.isEmpty()
            ? null
            : objects.size() == 1 ? object(objects.getFirst()) : ObjectShape.ANY);
  }

  /** A choice between the arrays and objects among constants; nothing if there are not several. */
  static List<List<Term>> alternatives(List<JsonNode> values) {
    List<JsonNode> containers = values.stream().filter(JsonNode::isContainer).toList();
    if (containers.size() < 2) {
      return List.of();
    }
    var out = new ArrayList<List<Term>>();
    containers.forEach(one -> out.add(List.of(new Term.In(shape(List.of(one))))));
    out.add(List.of(new Term.In(Shape.ANY.withArrays(null).withObjects(null))));
    return out;
  }

  private static List<Term> term(JsonNode value) {
    return List.of(new Term.In(shape(List.of(value))));
  }

  private static ArrayShape array(JsonNode value) {
    List<List<Term>> items = Subschema.stream(value).map(Constants::term).toList();
    var part = new ArrayShape.Part(items, List.of(Term.NOTHING));
    return new ArrayShape(List.of(part), List.of(), items.size(), items.size());
  }

  private static ObjectShape object(JsonNode value) {
    var members = new LinkedHashMap<String, List<Term>>();
    value.properties().forEach(entry -> members.put(entry.getKey(), term(entry.getValue())));
    var part = new ObjectShape.Part(members, List.of(), List.of(Term.NOTHING));
    return new ObjectShape(
        List.of(part),
        new TreeSet<>(members.keySet()),
        Map.of(),
        List.of(),
        members.size(),
        members.size());
  }
}
