package io.tailwalk.runs.models;

import io.tailwalk.core.model.Capabilities;
import io.tailwalk.core.model.Capability;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.core.model.NoNextTokenException;
import io.tailwalk.core.probe.ModelProbe;
import io.tailwalk.core.probe.ProbeReport;
import io.tailwalk.core.probe.ProbeResult;
import io.tailwalk.core.probe.ProbeSettings;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.openai.ServerReport;
import io.tailwalk.records.Json;
import io.tailwalk.records.JsonText;
import io.tailwalk.report.ConsoleTable;
import io.tailwalk.report.Printable;
import io.tailwalk.report.Table;
import io.tailwalk.runs.work.RunException;
import io.tailwalk.sampling.SamplerNeeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Measured capabilities of a model.
 *
 * @param model the measured model
 * @param report the results
 * @param capabilities what the model can be asked for; of a served one, without what failed its
 *     check
 * @param served whether servers compute the model: drawn children are then drawn by them
 * @param chat how the model formats chats; empty if it has no chat template
 */
public record ModelCheck(
    ModelIdentity model,
    ProbeReport report,
    Capabilities capabilities,
    boolean served,
    Optional<ChatExample> chat) {

  /** Measures an open model. */
  public static ModelCheck of(LanguageModel model) {
    return of(model, ProbeSettings.BATCHES);
  }

  private static ModelCheck of(LanguageModel model, List<Integer> batches) {
    return new ModelCheck(
        model.identity(),
        ModelProbe.run(model, ProbeSettings.of(System::nanoTime).withBatches(batches)),
        model.capabilities(),
        false,
        ChatExample.of(model));
  }

  private static ModelCheck ofServed(LanguageModel model) {
    ServerReport measured = ServedModels.measured(model);
    var report = new ProbeReport(measured.results(), Double.NaN, Double.NaN);
    return new ModelCheck(model.identity(), report, measured.usable(), true, ChatExample.of(model));
  }

  /**
   * Opens a model, measures it and closes it.
   *
   * @throws RunException if the model has no distribution of the next token
   */
  public static ModelCheck of(String name, ModelSettings settings) {
    return of(name, settings, ProbeSettings.BATCHES);
  }

  /**
   * Opens a model, measures it and closes it.
   *
   * @param batches numbers of parallel walks whose speed is measured, each 1 .. 1024; without
   *     effect on a served model
   * @throws RunException if the model has no distribution of the next token
   */
  public static ModelCheck of(String name, ModelSettings settings, List<Integer> batches) {
    try (LanguageModel model = Models.open(name, settings)) {
      return Models.isServed(name)
          ? ofServed(model)
          : of(model, batches).with(devices(name, model, settings));
    } catch (NoNextTokenException e) {
      throw new RunException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Checks of what a GGUF model is computed on; none for other models. */
  private static List<ProbeResult> devices(
      String name, LanguageModel model, ModelSettings settings) {
    boolean isGguf = !Models.isEmbedded(name) && !Models.isCheckpoint(name);
    return isGguf ? DeviceCheck.of(name, model, settings) : List.of();
  }

  private ModelCheck with(List<ProbeResult> more) {
    List<ProbeResult> all = new ArrayList<>(report.results());
    all.addAll(more);
    var extended = new ProbeReport(all, report.band(), report.totalVariation());
    return new ModelCheck(model, extended, capabilities, served, chat);
  }

  /** Whether exact sampling is possible with this model. */
  public boolean exactnessPossible() {
    return report.exactnessPossible();
  }

  /** The names of the samplers that work with the model, by its default rule of children. */
  public List<String> samplers() {
    boolean shown = capabilities.can(Capability.DISTRIBUTION);
    ExpansionRule rule = shown ? new ExpansionRule.Enumerate() : new ExpansionRule.Sample(1, 1);
    return SamplerNeeds.working(rule, capabilities);
  }

  /** The ways to make the children of a prefix that work with the model, as in --children. */
  public List<String> children() {
    List<String> ways = new ArrayList<>();
    if (capabilities.can(Capability.DISTRIBUTION)) {
      ways.add("enumerate");
    }
    if (served
        ? capabilities.direct().contains(Capability.DRAW)
        : capabilities.can(Capability.DRAW)) {
      ways.add("K");
      if (capabilities.can(Capability.TOP_K)) {
        boolean all = capabilities.can(Capability.DISTRIBUTION);
        ways.add(all ? "H+K" : "H+K with H up to " + capabilities.mostTop());
      }
    }
    return ways;
  }

  /**
   * The checks as text.
   *
   * @param styled whether terminal escapes may be used
   */
  public String text(boolean styled) {
    var text =
        new StringBuilder(Printable.message(model.name() + ": " + model.description()) + "\n\n");
    Table table =
        Table.of("Checks", report.results())
            .text("check", ProbeResult::check)
            .text("", ModelCheck::outcome)
            .text("measured", ProbeResult::measured)
            .build();
    text.append(ConsoleTable.render(table, Integer.MAX_VALUE, styled)).append('\n');
    for (ProbeResult result : report.results()) {
      text.append(Printable.message(result.check() + ": " + result.meaning())).append('\n');
    }
    text.append('\n')
        .append(
            chat.map(ChatExample::text)
                .orElse("There is no chat template; prompts are plain text."))
        .append('\n');
    return text.append('\n')
        .append(
            exactnessPossible()
                ? "Exact sampling is possible with this model."
                : "Exact sampling is impossible with this model: see the checks that failed.")
        .append('\n')
        .append(
            "It can be asked for "
                + orNothing(capabilities.words())
                + ".\nSamplers that work: "
                + orNothing(String.join(", ", samplers()))
                + ".\nChildren of a prefix (--children): "
                + orNothing(String.join(", ", children()))
                + ".\n")
        .toString();
  }

  private static String orNothing(String words) {
    return words.isEmpty() ? "none" : words;
  }

  /** The checks as one line of JSON. */
  public String json() {
    return JsonText.line(
        Json.of(
            new Form(
                model.name(),
                model.description(),
                model.fingerprint(),
                exactnessPossible(),
                report.band(),
                report.totalVariation(),
                capabilities.words(),
                samplers(),
                children(),
                chat.orElse(null),
                report.results().stream().map(CheckForm::of).toList())));
  }

  private record Form(
      String model,
      String description,
      String hash,
      boolean exactnessPossible,
      double bandNats,
      double bandTotalVariation,
      String capabilities,
      List<String> samplers,
      List<String> children,
      @Nullable ChatExample chat,
      List<CheckForm> checks) {}

  private record CheckForm(String check, String outcome, String measured, String meaning) {
    static CheckForm of(ProbeResult result) {
      return new CheckForm(
          result.check(), ModelCheck.outcome(result), result.measured(), result.meaning());
    }
  }

  private static String outcome(ProbeResult result) {
    return result.outcome().name().toLowerCase(Locale.ROOT);
  }
}
