/**
 * What a cluster is told. {@link io.murmuration.config.NodeSettings} are the figures an operator may change,
 * {@link io.murmuration.config.Topology} the ready sizes of a cluster, {@link io.murmuration.config.DataFolder} the folder that is formatted once
 * and says ever after which cluster and which nodes its data belongs to, {@link io.murmuration.config.Geography} where points of presence and viewers
 * are.
 */
@NullMarked
package io.murmuration.config;

import org.jspecify.annotations.NullMarked;
