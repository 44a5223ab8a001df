/** Experiments: each states a claim, runs, and computes a verdict from what it measured. */
@NullMarked
package io.tailwalk.lab;

import org.jspecify.annotations.NullMarked;
