/** How nodes fetch each other's rows over HTTP: {@link io.murmuration.journal.http.SnapshotRoutes} serves, {@link io.murmuration.journal.http.SnapshotClient} fetches. */
@NullMarked
package io.murmuration.journal.http;

import org.jspecify.annotations.NullMarked;
