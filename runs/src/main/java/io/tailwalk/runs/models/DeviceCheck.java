package io.tailwalk.runs.models;

import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.probe.ModelProbe;
import io.tailwalk.core.probe.ProbeOutcome;
import io.tailwalk.core.probe.ProbeResult;
import io.tailwalk.core.probe.ProbeSettings;
import io.tailwalk.llama.LlamaModel;
import io.tailwalk.llama.Placement;
import java.util.List;

/** What a GGUF model is computed on, and how far a GPU's distributions are from the processor's. */
final class DeviceCheck {
  private DeviceCheck() {}

  /** The checks; none for a model that llama.cpp does not run. */
  static List<ProbeResult> of(String name, LanguageModel model, ModelSettings settings) {
    if (!(model instanceof LlamaModel llama)) {
      return List.of();
    }
    Placement placement = llama.placement();
    var device =
        new ProbeResult(
            "device",
            ProbeOutcome.OK,
            placement.words(),
            "The library is " + placement.library() + ".");
    if (!placement.isOnGpu()) {
      return List.of(device);
    }
    // The file was opened with this library a moment ago.
    ModelSettings processor = settings.withEngine(settings.engine().onProcessor()).withTrust(true);
    try (LanguageModel reference = Models.open(name, processor)) {
      return List.of(
          device,
          ModelProbe.against(
              "GPU against processor", model, reference, ProbeSettings.of(System::nanoTime)));
    }
  }
}
