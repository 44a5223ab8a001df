package io.tailwalk.llama;

import io.tailwalk.core.Sha256;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.llama.ffi.NativeModel;
import io.tailwalk.llama.gguf.AdapterCheck;
import io.tailwalk.llama.gguf.Fingerprint;
import io.tailwalk.llama.gguf.GgufFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The adapters of an opened model: checked files with their hashes.
 *
 * @param loaded in the order in which they are applied
 */
record Adapters(List<Loaded> loaded) {
  private static final int SHOWN = 100;

  /**
   * A checked adapter.
   *
   * @param adapter its file and scale
   * @param header the header of its file
   * @param hash the hash of its file
   */
  record Loaded(LoraAdapter adapter, GgufFile header, String hash) {}

  /**
   * Reads and checks adapters.
   *
   * @param model the model that they change
   * @throws ModelException if one of them is missing, damaged, given twice, or not for the model
   */
  static Adapters of(List<LoraAdapter> wanted, GgufFile model) {
    List<Loaded> loaded = new ArrayList<>();
    for (LoraAdapter adapter : wanted) {
      GgufFile header = GgufFile.read(adapter.file());
      AdapterCheck.require(header, model);
      String hash = Fingerprint.of(header);
      if (loaded.stream().anyMatch(other -> other.hash.equals(hash))) {
        throw new ModelException(
            "the adapter " + adapter.file() + " is given twice; give it once, with one scale");
      }
      loaded.add(new Loaded(adapter, header, hash));
    }
    return new Adapters(List.copyOf(loaded));
  }

  /** Loads the adapters onto the weights; contexts created afterwards use them. */
  void onto(NativeModel model) {
    loaded.forEach(each -> model.adapt(each.adapter.file(), (float) each.adapter.scale()));
  }

  /** The hash of a model with these adapters: the model's own without adapters. */
  String fingerprint(String model) {
    if (loaded.isEmpty()) {
      return model;
    }
    var parts = new Sha256.Sequence().add(model);
    loaded.forEach(each -> parts.add(each.hash).add(Double.toString(each.adapter.scale())));
    return parts.hex();
  }

  /** Tries a model that has passed without adapters in a process of its own, with them. */
  void tried(GgufFile model, String fingerprint, Path library, LlamaOptions options) {
    if (loaded.isEmpty()) {
      return;
    }
    try {
      Trial.require(model, fingerprint(fingerprint), library, options);
    } catch (ModelException e) {
      String files =
          loaded.stream()
              .map(each -> each.adapter.file().toString())
              .collect(Collectors.joining(", "));
      throw new ModelException("with the LoRA adapter " + files + ": " + e.getMessage(), e);
    }
  }

  /** The name of a model with these adapters, as a command accepts it. */
  String name(String model) {
    return loaded.stream()
        .map(each -> ",lora=" + each.adapter.file() + "=" + each.adapter.scale())
        .collect(Collectors.joining("", model, ""));
  }

  /** The description of a model with these adapters. */
  String description(String model) {
    return loaded.stream()
        .map(each ->
            String.format(
                Locale.ROOT,
                ", LoRA %s x %s",
                shortened(String.valueOf(each.adapter.file().getFileName())),
                each.adapter.scale()))
        .collect(Collectors.joining("", model, ""));
  }

  private static String shortened(String name) {
    return name.length() <= SHOWN ? name : name.substring(0, SHOWN) + "...";
  }

  /** Hashes and scales, for records. */
  List<String> words() {
    return loaded.stream().map(each -> each.hash + " x " + each.adapter.scale()).toList();
  }
}
