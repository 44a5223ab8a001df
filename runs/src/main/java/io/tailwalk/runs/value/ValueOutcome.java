package io.tailwalk.runs.value;

import io.tailwalk.runs.work.RunState;
import io.tailwalk.runs.work.Study;
import java.util.Optional;

/**
 * The outcome of learning a value.
 *
 * @param state state of the run
 * @param prompts number of prompts that rollouts were drawn from
 * @param figures quality of the value; present if this run learned it
 * @param study the figures with the run record; present if this run learned the value
 */
public record ValueOutcome(
    RunState state, int prompts, Optional<ValueFigures> figures, Optional<Study> study) {}
