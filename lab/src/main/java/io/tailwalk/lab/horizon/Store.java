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
 * Where the runs of an experiment are kept so that one that was stopped goes on where it was.
 *
 * @param folder nothing is kept without one
 */
record Store(Optional<Path> folder) {
  private static final JsonMapper JSON = new JsonMapper();

  /** Keeps nothing. */
  static final Store NONE = new Store(Optional.empty());

  private Optional<Path> file(String name) {
    return folder.map(f -> f.resolve(name));
  }

  /**
   * Puts a run where it was last kept, if it was.
   *
   * @return the points measured until then
   * @throws io.tailwalk.values.LearningException if what is kept is of another run
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

  /** Keeps a run: its points first, so that a checkpoint never lacks one. */
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
