import io.tailwalk.runs.checkpoints.Scores;
import io.tailwalk.runs.checkpoints.Scoring;
import io.tailwalk.runs.models.ModelSettings;
import io.tailwalk.runs.models.Models;
import io.tailwalk.runs.work.Watch;

/** Two models scored on the same text: cross-entropy of each, and which one to take. */
void main() {
  for (String model : List.of("sharp=builtin:austen@0.7", "plain=builtin:austen")) {
    Scoring.of(Path.of("text.jsonl"), model, Path.of(model.substring(0, 5) + ".jsonl"))
        .run(name -> Models.open(name, ModelSettings.DEFAULT), 1, Watch.NONE);
  }
  var scores = Scores.read("sharp.jsonl", "plain.jsonl");
  scores.profile().run().forEach(profile -> IO.println(profile.model() + " " + profile.crossEntropy().value()));
  scores.tournament().n(2, 8).run().forEach(result -> IO.println("N = " + result.n() + ": " + result.winner().model()));
}
