package io.tailwalk.lab.ess;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tailwalk.core.verify.TargetDistribution;
import io.tailwalk.records.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** The figures of the experiment as JSON. */
final class EssFigures {
  private EssFigures() {}

  private record Form(
      @JsonUnwrapped EssSettings settings,
      String functional,
      String errorUnit,
      double errorWithoutCompletion,
      FewerNodes fewerNodes,
      Unbeaten unbeaten,
      List<String> summary,
      List<Cell> cells) {}

  private record FewerNodes(
      boolean holds,
      double medianSpeedup,
      double medianSpeedupLow,
      double medianSpeedupHigh,
      String medianSpeedupEnds,
      double leastSpeedupModerateError) {}

  private record Unbeaten(boolean holds, double largestRatio) {}

  static ObjectNode json(EssSettings settings, List<CellResult> results, EssVerdict verdict) {
    return Json.of(
        new Form(
            settings,
            "brackets open at H/2",
            "standard deviations of the target",
            1,
            new FewerNodes(
                verdict.fewerNodesHolds(),
                verdict.medianSpeedup(),
                verdict.medianLow(),
                verdict.medianHigh(),
                "asymptotic",
                verdict.leastSpeedup()),
            new Unbeaten(verdict.unbeatenHolds(), verdict.largestRatio()),
            verdict.summary(),
            results.stream().map(Cell::of).toList()));
  }

  private record Cell(
      String cell,
      int length,
      String errorKind,
      double error,
      long nodes,
      String vgbForm,
      double speedup,
      String speedupBound,
      double ratioToBestRival,
      List<Row> samplers,
      List<Point> autoCurve) {
    static Cell of(CellResult result) {
      DyckCell cell = result.cell();
      Speedup speedup = result.speedup();
      return new Cell(
          cell.name(),
          cell.length(),
          cell.kind(),
          cell.error(),
          cell.nodes(),
          result.vgb().contender().label(),
          speedup.factor(),
          speedup.bound().name().toLowerCase(Locale.ROOT),
          result.ratioToRival(),
          result.all().stream().map(measured -> Row.of(measured, result.auto())).toList(),
          result.curve().stream().map(at -> new Point(at.meanNodes(), at.rawRmse())).toList());
    }
  }

  private record Point(double nodes, double rmse) {}

  private record Row(
      String sampler,
      Map<String, String> params,
      TargetDistribution targetDistribution,
      double rmse,
      double rmseStandardError,
      double nodesMean,
      int withoutCompletion,
      double autoRatio,
      double autoRatioStandardError) {
    static Row of(Measurement measured, Measurement auto) {
      Contender contender = measured.contender();
      return new Row(
          contender.label(),
          contender.params(),
          contender.sampler().targetDistribution(),
          measured.rmse(),
          measured.rmseStandardError(),
          measured.meanNodes(),
          measured.empty(),
          auto.ratioTo(measured),
          auto.ratioStandardError(measured));
    }
  }
}
