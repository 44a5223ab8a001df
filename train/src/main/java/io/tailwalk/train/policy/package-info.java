/** Reinforcement learning from verifiable rewards: policy gradients with a group's own baseline. */
@NullMarked
package io.tailwalk.train.policy;

import org.jspecify.annotations.NullMarked;
