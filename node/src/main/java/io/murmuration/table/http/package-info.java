/** DynamoDB's HTTP protocol in front of the port {@link io.murmuration.table.Tables}. */
@NullMarked
package io.murmuration.table.http;

import org.jspecify.annotations.NullMarked;
