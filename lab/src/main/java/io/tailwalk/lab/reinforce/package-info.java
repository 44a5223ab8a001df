/** Whether reinforcement learning follows coverage: from each checkpoint of a fine-tuning run. */
@NullMarked
package io.tailwalk.lab.reinforce;

import org.jspecify.annotations.NullMarked;
