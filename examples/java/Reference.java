import io.tailwalk.runs.checkpoints.Scores;

/** How much of a teacher's text two students cover: the teacher is a model of the same table. */
void main() throws Exception {
  var rows = new StringBuilder("example_id,prompt_id,model,log_prob,tokens\n");
  for (int i = 0; i < 90; i++) {
    rows.append("e%d,p%d,teacher,-9,5%ne%d,p%d,near,%d,5%ne%d,p%d,far,%d,5%n".formatted(i, i, i, i, -9 - i % 2, i, i, -9 - i % 4));
  }
  Files.writeString(Path.of("taught.csv"), rows);
  Scores.read("taught.csv").profile().reference("teacher").n(2, 8).run()
      .forEach(profile -> IO.println(profile.model() + " " + profile.points()));
}
