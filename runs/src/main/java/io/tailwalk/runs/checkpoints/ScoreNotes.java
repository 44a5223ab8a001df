package io.tailwalk.runs.checkpoints;

import io.tailwalk.records.Doubles;
import io.tailwalk.records.scores.Accuracy;
import io.tailwalk.tables.scores.ScoreTable;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is known of a score table beyond its numbers.
 *
 * @param accuracies accuracy by model, as far as known
 * @param remarks sentences about how the table was read
 * @param warnings sentences about numbers that were adjusted
 */
public record ScoreNotes(
    Map<String, Accuracy> accuracies, List<String> remarks, List<String> warnings) {
  /** Keeps immutable copies. */
  public ScoreNotes {
    accuracies = Map.copyOf(accuracies);
    remarks = List.copyOf(remarks);
    warnings = List.copyOf(warnings);
  }

  /** Of a table whose rows have been visited. */
  static ScoreNotes of(ScoreTable table) {
    return new ScoreNotes(table.accuracies(), table.remarks(), table.warnings());
  }

  private JsonNode json(String model, Function<Accuracy, OptionalDouble> which) {
    return Doubles.json(
        which.apply(accuracies.getOrDefault(model, Accuracy.UNKNOWN)).orElse(Double.NaN));
  }

  void addTo(ArrayNode models) {
    for (JsonNode model : models) {
      if (model instanceof ObjectNode object) {
        String name = object.path("model").asString();
        object.set("accuracy", json(name, Accuracy::plain));
        object.set("accuracy_norm", json(name, Accuracy::norm));
      }
    }
  }

  void addTo(ObjectNode result) {
    ArrayNode plain = result.putArray("accuracy");
    ArrayNode norm = result.putArray("accuracy_norm");
    for (JsonNode model : result.path("models")) {
      plain.add(json(model.asString(), Accuracy::plain));
      norm.add(json(model.asString(), Accuracy::norm));
    }
  }
}
