package io.tailwalk.runs.value;

import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.FinishReason;
import io.tailwalk.records.JsonText;
import io.tailwalk.records.TableException;
import io.tailwalk.runs.sample.PromptJob;
import io.tailwalk.values.Rollout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Rollouts as lines of a journal. */
final class RolloutLines {
  private RolloutLines() {}

  static String line(long prompt, Rollout rollout) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("prompt", prompt);
    ArrayNode tokens = json.putArray("tokens");
    for (int token : rollout.complete().tokenIds()) {
      tokens.add(token);
    }
    json.put("stop", rollout.complete().finishReason().orElseThrow() == FinishReason.STOP);
    json.put("tau", rollout.tau());
    return JsonText.line(json);
  }

  /** Reads the lines of a complete run. */
  static List<Rollout> read(Path lines, List<PromptJob> jobs, Vocabulary vocabulary) {
    List<Rollout> rollouts = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(lines)) {
        JsonNode json = JsonText.parse(line);
        int[] tokens = json.get("tokens").valueStream().mapToInt(JsonNode::intValue).toArray();
        var complete =
            Candidate.complete(
                jobs.get(json.get("prompt").intValue()).prompt(),
                vocabulary,
                tokens,
                json.get("stop").booleanValue() ? FinishReason.STOP : FinishReason.LENGTH);
        rollouts.add(new Rollout(complete, json.get("tau").doubleValue()));
      }
    } catch (IOException e) {
      throw new TableException("cannot reread " + lines + "; check the disk.", e);
    }
    return rollouts;
  }
}
