package io.tailwalk.lab.dyck;

import io.tailwalk.lab.ExperimentSettings;

/**
 * What the experiment can be told.
 *
 * @param common scale, seed and threads
 * @param pretrain whether the quick scale trains its transformer from nothing too
 */
public record DyckSettings(ExperimentSettings common, boolean pretrain) {}
