package io.tailwalk.runs.value;

import io.tailwalk.runs.work.RunState;
import io.tailwalk.runs.work.Study;
import java.util.Optional;

/**
 * What learning a value left.
 *
 * @param state how far it came
 * @param prompts that rollouts were drawn to
 * @param figures how good the value is; present if it was learned now
 * @param study the figures with the record of the run; present if it was learned now
 */
public record ValueOutcome(
    RunState state, int prompts, Optional<ValueFigures> figures, Optional<Study> study) {}
