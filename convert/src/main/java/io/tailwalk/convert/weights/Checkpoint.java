package io.tailwalk.convert.weights;

import io.tailwalk.convert.files.JsonObject;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.records.TableException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The weights in a folder of Hugging Face: {@code model.safetensors}, or the files that {@code
 * model.safetensors.index.json} names. They are mapped, not read, until the checkpoint is closed.
 */
public final class Checkpoint implements AutoCloseable {
  private static final String SINGLE = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";

  private final Arena arena = Arena.ofConfined();
  private final Path folder;
  private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();

  private Checkpoint(Path folder) {
    this.folder = folder;
  }

  /**
   * Maps the files of a folder. Only the opening thread can read the weights and close them.
   *
   * @throws ModelException in one sentence if files are missing or damaged
   */
  public static Checkpoint open(Path folder) {
    Checkpoint checkpoint = new Checkpoint(folder);
    try {
      checkpoint.read();
      return checkpoint;
    } catch (RuntimeException e) {
      checkpoint.close();
      throw e;
    }
  }

  private void read() {
    if (Files.exists(folder.resolve(SINGLE))) {
      tensors.putAll(SafeTensorsFile.read(folder.resolve(SINGLE), arena));
    } else if (Files.exists(folder.resolve(INDEX))) {
      readParts(JsonObject.read(folder.resolve(INDEX)));
    } else {
      throw new ModelException(folder + reason());
    }
  }

  private String reason() {
    if (Files.exists(folder.resolve("adapter_config.json"))) {
      return " holds a LoRA adapter, not a model; merge it into its base model with merge_and_unload and save that";
    }
    if (Files.exists(folder.resolve("pytorch_model.bin"))
        || Files.exists(folder.resolve("pytorch_model.bin.index.json"))) {
      return " has its weights as a Python pickle (pytorch_model.bin) only; save it as safetensors with save_pretrained";
    }
    return " has no %s and no %s; download the weights too".formatted(SINGLE, INDEX);
  }

  private void readParts(JsonObject index) {
    JsonNode places = index.node("weight_map");
    if (!places.isObject() || places.isEmpty()) {
      throw index.wrong("weight_map", "is not an object with the file of each tensor");
    }
    Map<String, Map<String, StoredTensor>> parts = new HashMap<>();
    places
        .propertyStream()
        .forEach(entry -> {
          String name = entry.getValue().asString("");
          StoredTensor tensor =
              parts.computeIfAbsent(name, part -> part(index, part)).get(entry.getKey());
          if (tensor == null) {
            throw new ModelException(
                "%s places the tensor %s in %s, which does not have it; download both files again"
                    .formatted(
                        index.file(),
                        TableException.quoted(entry.getKey()),
                        TableException.quoted(name)));
          }
          tensors.put(entry.getKey(), tensor);
        });
    parts.forEach((part, named) -> {
      for (StoredTensor tensor : named.values()) {
        StoredTensor placed = tensors.get(tensor.name());
        if (placed == null || !placed.file().equals(tensor.file())) {
          throw new ModelException(
              "%s has the tensor %s, which %s does not place there; download both files again"
                  .formatted(
                      folder.resolve(part), TableException.quoted(tensor.name()), index.file()));
        }
      }
    });
  }

  /** A file next to the index; other places are refused. */
  private Map<String, StoredTensor> part(JsonObject index, String name) {
    if (!name.endsWith(".safetensors") || name.contains("/") || name.contains("\\")) {
      throw index.wrong(
          "weight_map", "names " + TableException.quoted(name) + ", not a file of this folder");
    }
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new ModelException(file + " is missing: the index names it; download it too");
    }
    return SafeTensorsFile.read(file, arena);
  }

  /** All tensors by name. */
  public Map<String, StoredTensor> tensors() {
    return java.util.Collections.unmodifiableMap(tensors);
  }

  /** A tensor; empty if there is none of this name. */
  public Optional<StoredTensor> tensor(String name) {
    return Optional.ofNullable(tensors.get(name));
  }

  @Override
  public void close() {
    arena.close();
  }
}
