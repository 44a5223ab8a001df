/** Value-guided backtracking beside two samplers of other papers at equal cost. */
@NullMarked
package io.tailwalk.lab.rivals;

import org.jspecify.annotations.NullMarked;
