package io.tailwalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.lab.Experiments;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Command lines that cannot be read are refused in one sentence that names the fix. */
class UsageFaultTest {
  static Stream<String> commands() {
    List<String> commands =
        new ArrayList<>(
            List.of("demo", "generate", "tail", "compare", "score", "profile", "select", "passk"));
    commands.addAll(List.of("watch", "train", "value train", "models", "doctor"));
    List<String> labs =
        new ArrayList<>(List.of("ess", "coverage-vs-horizon", "parity", "calibration", "tree"));
    labs.addAll(
        List.of("coverage-vs-ce", "rl-follows-coverage", "letter-avoidance", "code-tests", "dyck"));
    Experiments.all().forEach(entry -> labs.add(entry.name()));
    labs.forEach(name -> commands.add("lab " + name));
    return commands.stream();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void unknownOption_ofAnyCommand_isNamedThoughOthersAreMissing(String command) {
    CliRun run = CliRun.of((command + " --no-such-flag 3").split(" ", -1));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .isEqualToNormalizingNewlines(
            "tailwalk: unknown option --no-such-flag; leave it out (see tailwalk "
                + command
                + " --help)\n");
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          generate --promt x                   | unknown option --promt; did you mean --prompt?
          generate --promt=x                   | unknown option --promt; did you mean --prompt?
          generate --PROMPT x                  | unknown option --PROMPT; did you mean --prompt?
          generate --budget 5                  | --budget-calls or --budget-seconds or --budget-tokens?
          compare --sampler auto               | unknown option --sampler; did you mean --samplers?
          lab tree f.json --repeat 3           | unknown option --repeat; did you mean --repeats?
          generate -x                          | unknown option -x; leave it out
          --bogus                              | unknown option --bogus; leave it out
          genrate                              | unknown command 'genrate'; did you mean generate?
          trian                                | unknown command 'trian'; did you mean train?
          lab tre f.json                       | unknown experiment 'tre'; did you mean tree?
          lab nothing                          | unknown experiment 'nothing'; choose another
          profile f.csv                        | unexpected argument 'f.csv'
          generate                             | --model MODEL is missing; give it
          generate --model m                   | --prompt TEXT or --prompts FILE is missing
          generate --model m --prompt          | --prompt needs a value; give it TEXT
          generate --model m --prompt --n 3    | --prompt needs a value; give it TEXT
          lab tree                             | FILE.json is missing; give it
          watch                                | --n N, DIR are missing; give them
          generate --model m --prompt x --prompts y | --prompt and --prompts are mutually exclusive
          generate --model m --prompt x --prompt y | --prompt and --prompts accept one value in total
          generate --n 2 --n 3                 | --n is given twice; give it once
          models --json --json                 | --json is given twice; give it once
          models --json=x                      | --json accepts no value, got 'x'
          generate --n four                    | --n accepts a whole number, got 'four'
          generate --n 1.5                     | --n accepts a whole number, got '1.5'
          generate --n 1e999                   | --n accepts a whole number, got '1e999'
          generate --n 99999999999             | --n accepts a whole number up to 2147483647, got
          generate --budget-tokens 1e6         | --budget-tokens accepts a whole number, got '1e6'
          generate --temperature warm          | --temperature accepts a number, got 'warm'
          profile --ns 1,,2                    | --ns accepts a number, got ''
          """)
  void wrongCommandLine_isOneSentence(String words, String says) {
    CliRun run = CliRun.of(words.split(" +", -1));
    assertThat(run.code()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).startsWith("tailwalk: ").contains(says).hasLineCount(1);
    assertThat(run.err()).contains(" --help)");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void emptyValue_ofAPath_isRefused() {
    assertThat(CliRun.of("models", "--dir", "").err()).contains("--dir is empty; give it DIR");
    assertThat(CliRun.of("passk", "--samples", "").err()).contains("--samples is empty");
  }

  @Test
  void negativeNumber_isAValueAndNoOption() {
    assertThat(CliRun.of("lab", "tree", "none.json", "--repeats", "-1").err())
        .isEqualToNormalizingNewlines("tailwalk: --repeats must be at least 1, got -1\n");
  }
}
