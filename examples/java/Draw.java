import io.tailwalk.core.cost.Budget;
import io.tailwalk.runs.Tailwalk;

/** Verified text from a model. */
void main() {
  try (var model = Tailwalk.open("builtin:austen")) {
    var result = model.prompt("It is ").verifier("avoid:e and length:20..40")
        .completions(3).maxTokens(40).budget(Budget.ofModelTokens(4000)).seed(1).draw();
    result.draws().forEach(draw -> IO.println(draw.text()));
    IO.println("the model itself passes with probability " + result.successProbability().interval());
  }
}
