import io.tailwalk.cli.Tailwalk;
import io.tailwalk.console.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How long profile and select take on a large Parquet table, as multiples of a plain DuckDB scan
 * that decodes the same columns. Run by bench/score-speed, under -Xmx2g.
 *
 * <p>Within one process: the scan three times, of which the fastest counts, and each command once,
 * from its command line to its JSON. As processes of their own, start of the JVM included: the scan
 * and each command, both the same number of times in turn; the fastest of each counts.
 */
class ScoreSpeed {
  private static final String SCAN =
      "SELECT sum(log_prob), sum(tokens), count(DISTINCT model), max(example_id), max(prompt_id),"
          + " sum(reference_log_prob) FROM read_parquet('%s')";
  private static final int MODELS = 10;

  private record Cost(double wall, double cpu) {
    Cost orLess(Cost other) {
      return other.wall < wall ? other : this;
    }
  }

  @FunctionalInterface
  private interface Work {
    void run() throws Exception;
  }

  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals("scan")) {
      scan(arguments[1]);
      return;
    }
    long examples = Long.parseLong(arguments[0]);
    int repeats = Integer.parseInt(arguments[1]);
    Path folder = Files.createTempDirectory("score-speed");
    for (String order : List.of("m, i", "i, m", "hash(i * 31 + m)")) {
      Path file = folder.resolve("scores.parquet");
      generate(file, examples, order);
      System.out.printf(
          Locale.ROOT,
          "%,d examples x %d models in the order of %s, %,d MB, %d processors,"
              + " heap at most %,d MB%n",
          examples,
          MODELS,
          order,
          Files.size(file) >> 20,
          Runtime.getRuntime().availableProcessors(),
          Runtime.getRuntime().maxMemory() >> 20);
      within(file.toString());
      processes(file.toString(), repeats);
      Files.delete(file);
    }
    Files.delete(folder);
  }

  private static void generate(Path file, long examples, String order) throws SQLException {
    String sql =
        """
        COPY (SELECT 'ex-' || i AS example_id, 'prompt-' || i AS prompt_id, 'model-' || m AS model,
            -(40 + hash(i) %% 1000 / 50.0 + m * 0.3 + hash(i * 100 + m) %% 10000 / 3333.0)::DOUBLE
              AS log_prob,
            (20 + hash(i) %% 50)::INTEGER AS tokens,
            -(40 + hash(i) %% 1000 / 50.0)::DOUBLE AS reference_log_prob
          FROM range(%d) r(i), range(%d) s(m) ORDER BY %s) TO '%s' (FORMAT parquet)
        """
            .formatted(examples, MODELS, order, file);
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void scan(String file) throws SQLException {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet rows = statement.executeQuery(SCAN.formatted(file))) {
      rows.next();
    }
  }

  private static List<String> command(String name, String file) {
    List<String> words = new ArrayList<>(List.of(name, "--scores", file, "--json", "--quiet"));
    words.addAll(name.equals("select") ? List.of("--n", "4,16") : List.of());
    return words;
  }

  private static void within(String file) throws Exception {
    Cost scan = cost(() -> scan(file));
    for (int again = 0; again < 2; again++) {
      scan = scan.orLess(cost(() -> scan(file)));
    }
    System.out.printf(
        Locale.ROOT, "  in one process: scan %.2f s (%.2f s CPU)%n", scan.wall, scan.cpu);
    for (String name : List.of("profile", "select")) {
      Cost cost = cost(() -> run(command(name, file)));
      print(name, cost, scan);
    }
  }

  private static void run(List<String> words) {
    var out = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
    var console = new Console(out, System.err, 100, false, false);
    int code = Tailwalk.run(words.toArray(String[]::new), console);
    if (code != 0) {
      throw new IllegalStateException(words + " ended with " + code);
    }
  }

  private static void processes(String file, int repeats) throws Exception {
    Cost scan = new Cost(Double.POSITIVE_INFINITY, 0);
    Cost profile = scan;
    Cost select = scan;
    for (int again = 0; again < repeats; again++) {
      scan = scan.orLess(process(List.of(ScoreSpeed.class.getName(), "scan", file)));
      profile = profile.orLess(process(main(command("profile", file))));
      select = select.orLess(process(main(command("select", file))));
    }
    System.out.printf(Locale.ROOT, "  as processes: scan %.2f s%n", scan.wall);
    print("profile", profile, scan);
    print("select", select, scan);
  }

  private static List<String> main(List<String> command) {
    List<String> words = new ArrayList<>(List.of("io.tailwalk.cli.Main"));
    words.addAll(command);
    return words;
  }

  private static Cost process(List<String> arguments) throws Exception {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-Xmx2g", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
    words.add("-cp");
    words.add(System.getProperty("java.class.path"));
    words.addAll(arguments);
    return cost(() -> {
      Process process =
          new ProcessBuilder(words)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      if (process.waitFor() != 0) {
        throw new IllegalStateException(words + " failed");
      }
    });
  }

  private static void print(String name, Cost cost, Cost scan) {
    double ratio = cost.wall / scan.wall;
    System.out.printf(Locale.ROOT, "    %s %.2f s, %.1f x the scan", name, cost.wall, ratio);
    System.out.printf(
        Locale.ROOT,
        cost.cpu > 0.2 ? " (%.2f s CPU, %.1f x)%n" : "%n",
        cost.cpu,
        cost.cpu / scan.cpu);
  }

  private static Cost cost(Work work) throws Exception {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long wall = System.nanoTime();
    long cpu = system.getProcessCpuTime();
    work.run();
    return new Cost((System.nanoTime() - wall) / 1e9, (system.getProcessCpuTime() - cpu) / 1e9);
  }
}
