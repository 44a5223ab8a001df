import io.tailwalk.runs.checkpoints.Scores;

/** The best of two models by the offset tournament, which also scores what each of them writes. */
void main() throws Exception {
  for (String text : List.of("held-out", "a", "b")) {
    var rows = new StringBuilder("example_id,prompt_id,model,log_prob,tokens\n");
    for (int i = 0; i < 90; i++) {
      int loss = text.equals("a") ? 3 : i % 4;
      rows.append("e%d,p%d,a,-9,5%ne%d,p%d,b,%d,5%n".formatted(i, i, i, i, -9 - loss));
    }
    Files.writeString(Path.of(text + ".csv"), rows);
  }
  Scores.read("held-out.csv").tournament().n(8).offset(Map.of("a", "a.csv", "b", "b.csv"), 0)
      .forEach(outcome -> IO.println(outcome.n() + ": " + outcome.choice()));
}
