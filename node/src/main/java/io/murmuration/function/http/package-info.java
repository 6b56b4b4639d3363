/** HTTP in front of functions: Lambda's REST interface for clients, and the Runtime API, which functions' processes speak. */
@NullMarked
package io.murmuration.function.http;

import org.jspecify.annotations.NullMarked;
