import io.tailwalk.runs.checkpoints.WatchStudy;

/** Whether coverage has turned in a folder of score tables. */
void main() throws Exception {
  for (int step = 1; step <= 2; step++) {
    var rows = new StringBuilder("example_id,prompt_id,model,log_prob,tokens\n");
    for (int i = 0; i < 60; i++) rows.append("e%d,p%d,step-%d,%f,5%n".formatted(i, i, step, -9.0 + step + i % 7 * 0.1));
    Files.writeString(Path.of("step-" + step + ".csv"), rows);
  }
  IO.println(WatchStudy.of(List.of("step-1.csv", "step-2.csv"), null, 2, 0.05).verdict());
}
