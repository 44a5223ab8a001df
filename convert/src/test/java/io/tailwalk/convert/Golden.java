package io.tailwalk.convert;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The folders that make_goldens.py wrote, completed by their weights. */
final class Golden {
  private static final JsonMapper JSON = new JsonMapper();

  private Golden() {}

  /** What Transformers computes. */
  static JsonNode expected(String name) {
    return JSON.readTree(resource(name).resolve("expected.json").toFile());
  }

  /** A complete checkpoint with weights in one file. */
  static Path folder(String name, Path parent) {
    return folder(name, parent, Weights.Form.F32, 1);
  }

  /** A complete checkpoint with weights in some files. */
  static Path folder(String name, Path parent, Weights.Form form, int parts) {
    Path folder = parent.resolve(name);
    try (Stream<Path> files = Files.list(resource(name))) {
      Files.createDirectories(folder);
      for (Path file : files.toList()) {
        if (!file.endsWith("expected.json")) {
          Files.copy(file, folder.resolve(file.getFileName().toString()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    boolean gemma = name.startsWith("gemma");
    List<Map<String, List<Integer>>> split = split(shapes(name), parts);
    if (parts == 1) {
      Weights.write(folder.resolve("model.safetensors"), split.getFirst(), gemma, form);
      return folder;
    }
    ObjectNode places = JSON.createObjectNode();
    for (int i = 0; i < parts; i++) {
      String file = "model-0000%d-of-0000%d.safetensors".formatted(i + 1, parts);
      Weights.write(folder.resolve(file), split.get(i), gemma, form);
      split.get(i).keySet().forEach(tensor -> places.put(tensor, file));
    }
    ObjectNode index = JSON.createObjectNode();
    index.putObject("metadata").put("total_size", 1);
    index.set("weight_map", places);
    JSON.writeValue(folder.resolve("model.safetensors.index.json").toFile(), index);
    return folder;
  }

  private static List<Map<String, List<Integer>>> split(
      Map<String, List<Integer>> shapes, int parts) {
    List<Map<String, List<Integer>>> split = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      split.add(new LinkedHashMap<>());
    }
    int i = 0;
    for (Map.Entry<String, List<Integer>> entry : shapes.entrySet()) {
      split.get(i++ % parts).put(entry.getKey(), entry.getValue());
    }
    return split;
  }

  /** The shapes of the tensors. */
  static Map<String, List<Integer>> shapes(String name) {
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    expected(name)
        .path("tensors")
        .propertyStream()
        .forEach(entry -> {
          List<Integer> shape = new ArrayList<>();
          entry.getValue().forEach(extent -> shape.add(extent.intValue()));
          shapes.put(entry.getKey(), shape);
        });
    return shapes;
  }

  /** Changes a JSON file of a folder. */
  static void edit(Path folder, String file, Consumer<ObjectNode> change) {
    Path path = folder.resolve(file);
    ObjectNode node = (ObjectNode) JSON.readTree(path.toFile());
    change.accept(node);
    JSON.writeValue(path.toFile(), node);
  }

  /** Sets an entry, whose path has dots, to a JSON value. */
  static void set(Path folder, String file, String path, String json) {
    edit(
        folder,
        file,
        root -> {
          List<String> keys = List.of(path.split("\\.", -1));
          JsonNode at = root;
          for (String key : keys.subList(0, keys.size() - 1)) {
            at = key.matches("\\d+") ? at.get(Integer.parseInt(key)) : at.get(key);
          }
          ObjectNode parent = (ObjectNode) Objects.requireNonNull(at, path);
          if (json.equals("REMOVE")) {
            parent.remove(keys.getLast());
          } else {
            parent.set(keys.getLast(), JSON.readTree(json));
          }
        });
  }

  private static Path resource(String name) {
    Path config =
        Path.of(
            Objects.requireNonNull(
                    Golden.class.getResource("golden/" + name + "/config.json"), name)
                .getPath());
    return Objects.requireNonNull(config.getParent());
  }
}
