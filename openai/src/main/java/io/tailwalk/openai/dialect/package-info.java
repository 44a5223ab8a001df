/** What each kind of server is asked, and how its answers are read. */
@NullMarked
package io.tailwalk.openai.dialect;

import org.jspecify.annotations.NullMarked;
