/**
 * S3's REST protocol as types: which request an HTTP request is, names of buckets and keys, errors. {@link
 * io.murmuration.protocol.object.ObjectAddress} and {@link io.murmuration.protocol.object.operation.ObjectOperation} tell a request by its head
 * alone; {@link io.murmuration.protocol.object.operation.ObjectRequestCodec} decodes it; {@link io.murmuration.protocol.object.body} decodes and
 * verifies bodies as they stream; {@link io.murmuration.protocol.object.xml} has what is XML. Source: the Amazon S3 API reference, version 2006-03-01,
 * and the S3 user guide.
 */
@NullMarked
package io.murmuration.protocol.object;

import org.jspecify.annotations.NullMarked;
