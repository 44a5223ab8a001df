package io.tailwalk.lab.horizon;

import io.tailwalk.records.AtomicFiles;
import io.tailwalk.records.JsonText;
import io.tailwalk.train.run.Checkpoint;
import io.tailwalk.train.run.Trainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Storage of the runs of an experiment, from which an interrupted run resumes.
 *
 * @param folder folder of the runs; empty stores nothing
 */
record Store(Optional<Path> folder) {
  private static final JsonMapper JSON = new JsonMapper();

  /** Stores nothing. */
  static final Store NONE = new Store(Optional.empty());

  private Optional<Path> file(String name) {
    return folder.map(f -> f.resolve(name));
  }

  /**
   * Restores the last stored state of a run, if there is one.
   *
   * @return the points measured until then
   * @throws io.tailwalk.values.LearningException if the stored state is of another run
   */
  List<HorizonPoint> resume(Trainer trainer, String name) {
    Optional<Path> checkpoint = file(name + ".safetensors").filter(Files::exists);
    if (checkpoint.isEmpty()) {
      return List.of();
    }
    Checkpoint.read(checkpoint.get()).restore(trainer);
    return points(name).stream().filter(point -> point.step() <= trainer.step()).toList();
  }

  private List<HorizonPoint> points(String name) {
    Optional<Path> file = file(name + ".json").filter(Files::exists);
    if (file.isEmpty()) {
      return List.of();
    }
    try {
      List<HorizonPoint> points = new ArrayList<>();
      JSON.readTree(Files.readString(file.get()))
          .forEach(node -> points.add(JSON.convertValue(node, HorizonPoint.class)));
      return points;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stores a run: its points first, so that a checkpoint never lacks a point. */
  void keep(Trainer trainer, String name, List<HorizonPoint> points) {
    file(name + ".json")
        .ifPresent(file -> {
          ArrayNode all = JsonNodeFactory.instance.arrayNode();
          points.forEach(
              point -> all.add(JSON.<tools.jackson.databind.JsonNode>valueToTree(point)));
          AtomicFiles.write(file, JsonText.pretty(all));
        });
    file(name + ".safetensors").ifPresent(file -> Checkpoint.write(trainer, file));
  }
}
