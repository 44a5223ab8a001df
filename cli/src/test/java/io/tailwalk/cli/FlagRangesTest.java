package io.tailwalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A number out of range is refused by the name of its flag, with the range. */
class FlagRangesTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          TREE --repeats 0                    | --repeats must be at least 1, got 0
          TREE --repeats -1                   | --repeats must be at least 1, got -1
          TREE --budget-nodes -1              | --budget-nodes must be at least 1, got -1
          TREE --budget-steps 0               | --budget-steps must be at least 1, got 0
          TREE --tours 0                      | --tours must be at least 1, got 0
          TREE --sampler vgb --tours 2 --param tours=3 | --tours and --param tours are the same
          TREE --param interval_share=1       | --param: interval_share must lie in [0, 1), got 1.0
          TREE --param interval_share=NaN     | --param: interval_share must lie in [0, 1), got NaN
          TREE --param pilot=1e999            | --param: pilot must lie in (0, 0.5], got Infinity
          TREE --param particles=0            | --param: particles must be at least 2, got 0
          TREE --param particles=9999999999   | a whole number up to 2147483647
          TREE --sampler vgb --param walks=0  | --param: walks must be at least 1, got 0
          TREE --sampler vgb --param calibrate=-1 | --param: calibrate must be at least 0, got -1
          TREE --sampler smc-lookahead --param rollouts=-1 | --param: rollouts must be at least 0, got -1
          TREE --sampler smc-lookahead --param block_length=0 | --param: block_length must be at least 1
          TREE --sampler qalign --param chains=100000000 | chains must be at most 65536, got 100000000
          TREE --sampler vbg                  | --sampler: unknown sampler 'vbg'
          GENERATE --n -1                     | --n must be at least 1, got -1
          GENERATE --max-tokens 2147483647    | --max-tokens must be between 1 and 1000000, got
          GENERATE --children 999999999       | --children accepts 'enumerate', a number from 1 to 100000, or two
          GENERATE --children 20+             | --children accepts 'enumerate', a number from 1 to 100000, or two
          GENERATE --children 20+0            | --children accepts 'enumerate', a number from 1 to 100000, or two
          GENERATE --children 20+4 --block 2  | --block requires drawn children
          GENERATE --children 4 --block 0     | --block must be between 1 and 1000000, got 0
          GENERATE --budget-seconds 1e999     | --budget-seconds must be above 0 and at most 1e9
          GENERATE --reasoning <think>        | --reasoning: the tags of the reasoning are written OPEN,CLOSE
          GENERATE --reasoning a,a            | --reasoning: the opening and the closing tag
          GENERATE --budget-calls -5          | --budget-calls must be at least 1, got -5
          GENERATE --threads 2147483647       | --threads must be between 1 and 1024, got 2147483647
          GENERATE --context 0                | --context must be at least 1, got 0
          GENERATE --batch 1                  | --batch must be between 2 and 1048576, got 1
          GENERATE --micro-batch 513          | --micro-batch must be between 1 and 512, got 513
          GENERATE --batch 8 --micro-batch 0  | --micro-batch must be between 1 and 8, got 0
          GENERATE --flash-attn yes           | --flash-attn accepts on or off, got 'yes'
          GENERATE --gpu-layers -1            | --gpu-layers accepts all or a number from 0 to 9999, got '-1'
          GENERATE --gpu-layers 3             | --gpu-layers: for GGUF models only
          GENERATE --cache-type f16           | --cache-type: for GGUF models only
          doctor --model builtin:austen --batches 0 | --batches must be between 1 and 1024, got 0
          doctor --model a.gguf --main-gpu -1 | --main-gpu must be between 0 and 64, got -1
          doctor --model a.gguf --cache-type f8 | --cache-type: unknown type 'f8'; the valid names are auto, f16
          doctor --model a.gguf --cache-type q8_0 | --cache-type: q8_0 requires flash attention
          doctor --model a.gguf --split-mode col | --split-mode: unknown mode 'col'; the valid names are none
          doctor --model a.gguf --gpu-layers 0 --main-gpu 1 | --gpu-layers 0 computes on the processor; omit
          doctor --model a.gguf --tensor-split 0,0 | --tensor-split needs finite shares of at least 0
          tail --model builtin:austen --prompt x --measure-tokens -1 | --measure-tokens must be at
          compare --model builtin:austen --prompt x --exact-nodes -1 | --exact-nodes must be at least 0
          compare --model builtin:austen --prompt x --samplers ;     | --samplers: no sampler is named
          compare --model builtin:austen --prompt x --samplers vgb:walks=1,walks=2 | walks twice
          passk --samples none --k 0          | --k must be at least 1, got 0
          passk --samples none --delta NaN    | --delta must be strictly between 0 and 1, got NaN
          passk --samples none --reward-range 0,1e999 | --reward-range: the form is two numbers
          passk --samples a= --k 1            | --samples: a= names no file
          profile --scores none --ns 1e999    | --ns must be at least 1 and finite, got Infinity
          profile --scores none --ns 0        | --ns must be at least 1 and finite, got 0.0
          profile --scores none --quantiles 1 | --quantiles must be strictly between 0 and 1, got 1.0
          profile --scores none --quantiles 0.1,NaN | --quantiles must be strictly between 0 and 1, got NaN
          profile --scores none --delta 0     | --delta must be strictly between 0 and 1, got 0.0
          profile --scores none --replicates 2147483647 | --replicates must be between 100 and 1000000
          profile --scores none --cluster row | --cluster accepts prompt_id or none
          select --scores none --n NaN        | --n must be at least 1 and finite, got NaN
          select --scores none --n 3 --offset NaN | --offset must be between 0 and 0.5, got NaN
          select --scores none --n 3 --offset 0.1 | --offset requires --on-policy
          select --scores none --n 3 --epsilon 0.1 | --epsilon requires --race
          select --scores none --n 3 --threads 0 | --threads requires --race
          select --n 3 --race --scores none   | --scores cannot be combined with --race
          select --n 3 --race --epsilon 1     | --epsilon must be at least 0 and below 1, got 1.0
          watch . --n NaN                     | --n must be at least 1 and finite, got NaN
          watch . --n 3 --interval 99999999   | --interval must be between 1 and 86400, got 99999999
          watch . --n 3 --exit-code 256       | --exit-code must be between 0 and 255, got 256
          score --model a --data b --out c.csv --threads 0 | --threads must be between 1 and 1024, got 0
          VALUE --rollouts 2                  | --rollouts must be between 3 and 1000000, got 2
          VALUE --max-tokens 2147483647       | --max-tokens must be between 2 and 1000000, got
          VALUE --hidden-units 2147483647     | --hidden-units accepts numbers from 1 to 4096
          VALUE --temperature NaN             | --temperature must be above 0 and finite, got NaN
          VALUE --epochs 0                    | --epochs must be at least 1, got 0
          VALUE --pilot-tokens -1             | --pilot-tokens must be at least 0, got -1
          VALUE --pilot-tokens 9              | --pilot-tokens: 9 are too few for 8 pairs of runs
          lab ess --repeats 1                 | --repeats must be at least 2, got 1
          lab ess --threads 0                 | --threads must be between 1 and 1024, got 0
          lab abc --threads -1                | --threads must be between 1 and 1024, got -1
          lab masked --threads 0              | --threads must be between 1 and 1024, got 0
          lab rivals --threads 0              | --threads must be between 1 and 1024, got 0
          lab dyck --threads 99999            | --threads must be between 1 and 1024, got 99999
          lab parity --searches 1             | --searches must be at least 2, got 1
          lab parity --rollouts 0             | --rollouts must be at least 2, got 0
          lab parity --values 0               | --values must be at least 1, got 0
          lab parity --blocks 2,40            | --blocks must be at least two numbers from 1 to 10
          lab calibration --repeats 3         | --repeats must be at least 24, the number of trees
          lab calibration --samplers vbg      | --samplers: unknown sampler 'vbg'
          lab calibration --regimes mildest   | --regimes: unknown regime 'mildest'
          lab calibration --combine a --repeats 3 | --repeats cannot be used with --combine
          LETTER --repeats 1                  | --repeats must be at least 2, got 1
          LETTER --temperature 1e999          | --temperature must be above 0 and finite, got Inf
          lab letter-avoidance --model builtin:austen --judge gemma | --judge: the form is gguf:PATH
          lab code-tests --model builtin:austen --repeats 0 | --repeats must be at least 2, got 0
          lab coverage-vs-horizon --scale quick --write-base b --json | --json cannot be used with --write-base
          """)
  void outOfRange_isOneSentenceThatNamesTheFlag(String words, String says) throws IOException {
    Path tree = folder.resolve("tree.json");
    Files.writeString(
        tree, "{\"nodes\":[{\"id\":\"r\"},{\"id\":\"a\",\"parent\":\"r\",\"pi\":1,\"tau\":1}]}");
    String line =
        words
            .replace("TREE", "lab tree " + tree)
            .replace("GENERATE", "generate --model builtin:austen --prompt x")
            .replace(
                "VALUE", "value train --model builtin:austen --prompt x --verifier any --out v")
            .replace(
                "LETTER", "lab letter-avoidance --model builtin:austen --judge builtin:austen");
    CliRun run = CliRun.of(line.split(" +", -1));
    assertThat(run.code()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).startsWith("tailwalk: --").contains(says).hasLineCount(1);
    assertThat(run.err()).doesNotContain("tree.json");
    assertThat(run.out()).isEmpty();
  }
}
