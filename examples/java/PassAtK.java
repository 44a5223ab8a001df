import io.tailwalk.runs.checkpoints.PassRun;

/** pass@k of graded samples: counted as far as they go. */
void main() throws Exception {
  var rows = new StringBuilder();
  for (int i = 0; i < 40; i++) {
    rows.append("{\"task_id\": \"t%d\", \"completion\": \"x\", \"passed\": %s}\n".formatted(i % 10, i % 3 == 0));
  }
  Path samples = Files.writeString(Path.of("graded.jsonl"), rows);
  PassRun.read(samples, "mine").curve(List.of(1L, 2L, 4L), 0.05)
      .forEach(point -> IO.println(point.curve().k() + ": " + point.curve().value() + " " + point.curve().interval()));
}
