import io.tailwalk.builtin.PureModel;
import io.tailwalk.builtin.problem.LetterVocabulary;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.runs.Tailwalk;

/** A model of your own: the same letter again has probability 3/4. */
class Lazy extends PureModel {
  Lazy() { super(new ModelIdentity("lazy", "two letters", "version 1"), new LetterVocabulary("ab")); }
  protected LogProbs distribution(int[] prompt, int[] prefix) {
    boolean a = prefix.length == 0 || prefix[prefix.length - 1] == 0;
    return LogProbs.of(new double[] {Math.log(a ? 0.75 : 0.25), Math.log(a ? 0.25 : 0.75)});
  }
}

void main() {
  try (var model = Tailwalk.over(new Lazy())) {
    var result = model.prompt("").verifier("regex:(a|b)*abab").completions(3).maxTokens(8).draw();
    result.draws().forEach(draw -> IO.println(draw.text()));
  }
}
