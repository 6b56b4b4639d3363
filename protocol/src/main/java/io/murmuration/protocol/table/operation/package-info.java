/**
 * DynamoDB's operations as immutable requests and replies, with the rules that need no table. A {@link
 * io.murmuration.protocol.table.operation.TableRequest} has passed every check that does not need the table's schema; its expressions are texts
 * until they are compiled.
 */
@NullMarked
package io.murmuration.protocol.table.operation;

import org.jspecify.annotations.NullMarked;
