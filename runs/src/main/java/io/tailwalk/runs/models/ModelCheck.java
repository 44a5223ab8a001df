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
 * @param capabilities what the model can be asked for
 * @param chat how the model formats chats; empty if it has no chat template
 */
public record ModelCheck(
    ModelIdentity model,
    ProbeReport report,
    Capabilities capabilities,
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
        ChatExample.of(model));
  }

  private static ModelCheck ofServed(LanguageModel model) {
    var report = new ProbeReport(ServedModels.measured(model), Double.NaN, Double.NaN);
    return new ModelCheck(model.identity(), report, model.capabilities(), ChatExample.of(model));
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
    return new ModelCheck(model, extended, capabilities, chat);
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
                + capabilities.words()
                + ".\nSamplers that work: "
                + String.join(", ", samplers())
                + ".\n")
        .toString();
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
