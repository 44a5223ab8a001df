package io.tailwalk.lab.dyck;

import io.tailwalk.lab.ExperimentSettings;

/**
 * Settings of the experiment.
 *
 * @param common scale, seed and threads
 * @param pretrain whether the quick scale also trains its transformer from scratch
 */
public record DyckSettings(ExperimentSettings common, boolean pretrain) {}
