/**
 * What exists on the cluster: tables, with their schemas, and the resources of other capabilities, as bytes that those understand.
 *
 * <p>Ports: {@link io.murmuration.catalogue.Catalogue} and {@link io.murmuration.catalogue.Resources}, both started by {@link io.murmuration.catalogue.CatalogueNode}. Changes are decided by one
 * durable entity, {@code catalogue@0}, where group 0 is led; every node replicates group 0 and answers look-ups from its own view of those rows.
 * Data: rows {@code c} of group 0.
 */
@NullMarked
package io.murmuration.catalogue;

import org.jspecify.annotations.NullMarked;
