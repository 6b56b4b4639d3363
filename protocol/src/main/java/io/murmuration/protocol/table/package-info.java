/** DynamoDB's values, requests and replies as types, and their JSON. Source: the DynamoDB API reference, version 2012-08-10. */
@NullMarked
package io.murmuration.protocol.table;

import org.jspecify.annotations.NullMarked;
