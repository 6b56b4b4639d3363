/**
 * DynamoDB's JSON 1.0 protocol: bytes to requests, replies and errors to bytes. Both stream: no tree of a document is ever built. Entry points
 * are {@link io.murmuration.protocol.table.json.TableRequestCodec}, {@link io.murmuration.protocol.table.json.TableReplyCodec} and {@link
 * io.murmuration.protocol.table.json.DynamoErrors}.
 */
@NullMarked
package io.murmuration.protocol.table.json;

import org.jspecify.annotations.NullMarked;
