import io.tailwalk.runs.checkpoints.RaceStudy;
import io.tailwalk.runs.checkpoints.ScoredModel;
import io.tailwalk.runs.models.ModelSettings;
import io.tailwalk.runs.models.Models;
import io.tailwalk.runs.work.Watch;

/** The better of two models with as few scorings as the decision needs. */
void main() {
  var candidates = ScoredModel.parse(List.of("plain=builtin:austen", "flat=builtin:austen@3"));
  var course = new RaceStudy.Course(Path.of("text.jsonl"), false, 2, 0.05, 0, 1);
  var race = RaceStudy.run(candidates, name -> Models.open(name, ModelSettings.DEFAULT), course, Watch.NONE);
  IO.println(race.verdict());
}
