package io.tailwalk.runs.files;

import io.tailwalk.core.Plural;
import io.tailwalk.report.NumberStyle;
import io.tailwalk.report.Numbers;
import io.tailwalk.report.coverage.CoveragePages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The lines of results of {@code select}.
 *
 * @param fields the result
 * @param sentences receives what the numbers say
 */
record SelectLines(ResultFields fields, List<String> sentences) {
  private static final NumberStyle NUMBER = NumberStyle.significant(3);
  private static final NumberStyle WHOLE = NumberStyle.integer();

  private static ExportLine line(String name) {
    return new ExportLine("select", name);
  }

  /** The lines of a tournament at one or several factors. */
  List<ExportLine> tournament() {
    Map<String, ExportLine> lines = new LinkedHashMap<>();
    List<ResultFields> results = fields.optionalObjects("results");
    for (ResultFields result : results.isEmpty() ? List.of(fields) : results) {
      double n = result.number("n");
      List<String> models = result.texts("models");
      List<List<Double>> matrix = result.matrix("matrix");
      result.sameSize("matrix", models.size());
      List<Double> entropies = result.each("cross_entropy", models.size());
      List<Double> accuracies = result.each("accuracy", models.size());
      List<Double> norms = result.each("accuracy_norm", models.size());
      String winner = result.text("winner");
      List<String> left = result.texts("confidence_set");
      for (int i = 0; i < models.size(); i++) {
        String model = models.get(i);
        ExportLine line = lines.computeIfAbsent(model, SelectLines::line);
        ResultFigure worst =
            model.equals(winner)
                ? result.figure("winner_worst", "winner_worst_", NUMBER)
                : ResultFigure.of(
                    matrix.get(i).stream().mapToDouble(share -> share).max().orElse(Double.NaN),
                    NUMBER);
        line.put(line.at("worst", n), worst)
            .put("cross_entropy", entropies.get(i), NUMBER)
            .put("accuracy", accuracies.get(i), NUMBER)
            .put("accuracy_norm", norms.get(i), NUMBER);
        choice(line, n, winner, left);
      }
      sentences.add(
          "N = %s: the tournament chooses %s, cross-entropy %s; not ruled out: %s."
              .formatted(
                  CoveragePages.factor(n),
                  winner,
                  result.text("cross_entropy_choice"),
                  String.join(", ", left)));
    }
    offsets(List.copyOf(lines.values()));
    return List.copyOf(lines.values());
  }

  private void offsets(List<ExportLine> lines) {
    for (ResultFields offset : fields.optionalObjects("offset")) {
      double n = offset.number("n");
      List<Double> scores = offset.each("scores", lines.size());
      for (int i = 0; i < scores.size(); i++) {
        ExportLine line = lines.get(i);
        line.put(line.at("offset", n), scores.get(i), NUMBER);
      }
      sentences.add(
          "N = %s: the offset tournament chooses %s."
              .formatted(CoveragePages.factor(n), offset.text("winner")));
    }
  }

  private static void choice(ExportLine line, double n, String winner, List<String> left) {
    line.detail(line.at("chosen", n), line.name().equals(winner) ? 1 : 0);
    line.detail(line.at("not_ruled_out", n), left.contains(line.name()) ? 1 : 0);
  }

  /** The lines of a race, which has no numbers by model but its state. */
  List<ExportLine> race() {
    double n = fields.number("n");
    String winner = fields.text("winner");
    List<String> left = fields.texts("confidence_set");
    List<ExportLine> lines = new ArrayList<>();
    for (String model : fields.texts("models")) {
      ExportLine line = line(model);
      line.put(line.at("leads", n), model.equals(winner) ? 1 : 0, WHOLE);
      line.put(line.at("not_ruled_out", n), left.contains(model) ? 1 : 0, WHOLE);
      lines.add(line);
    }
    sentences.add(
        "N = %s: %s leads (%s) after %s of %s."
            .formatted(
                CoveragePages.factor(n),
                winner,
                fields.text("outcome").replace('_', ' '),
                Numbers.count((long) fields.number("examples")),
                Plural.of((long) fields.number("examples_available"), "response")));
    return lines;
  }
}
