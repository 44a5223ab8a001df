package io.tailwalk.lab;

import io.tailwalk.records.RunRecord;
import io.tailwalk.report.ReportPage;
import io.tailwalk.report.Section;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The result of an experiment.
 *
 * @param experiment name of the experiment on the command line
 * @param claim the tested claim, one sentence
 * @param holds whether the figures support the claim; computed from them
 * @param summary reasons of the verdict, one or a few lines
 * @param figures all numbers
 * @param sections the figures as a page
 */
public record Finding(
    String experiment,
    String claim,
    boolean holds,
    List<String> summary,
    ObjectNode figures,
    List<Section> sections) {
  /** Keeps copies. */
  public Finding {
    summary = List.copyOf(summary);
    sections = List.copyOf(sections);
  }

  /** The finding of an experiment with its verdict. */
  public static Finding of(
      Experiment experiment, Verdict verdict, ObjectNode figures, List<Section> sections) {
    return new Finding(
        experiment.name(),
        experiment.claim(),
        verdict.holds(),
        verdict.summary(),
        figures,
        sections);
  }

  /** {@code "holds"} or {@code "fails"}. */
  public String verdict() {
    return holds ? "holds" : "fails";
  }

  /** The JSON form; begins with experiment, claim, verdict and figures. */
  public ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("experiment", experiment).put("claim", claim).put("verdict", verdict());
    json.set("figures", figures);
    return json;
  }

  /** The report page. */
  public ReportPage page(RunRecord run) {
    return new ReportPage("lab " + experiment + ": the claim " + verdict(), claim, sections, run);
  }
}
