/**
 * DynamoDB's expression language: condition, filter, key condition, projection and update expressions. {@link
 * io.murmuration.protocol.table.expression.Expressions} is the way in.
 *
 * <p>A text is parsed once into a syntax tree that knows neither names nor values (kept in a bounded cache), then bound to a
 * request's {@link io.murmuration.protocol.table.expression.Placeholders} into an immutable expression that is applied to any number of
 * items. Everything is a pure function; what DynamoDB refuses is refused in its words.
 *
 * <p>Source: DynamoDB developer guide, "Using expressions in DynamoDB" and "Reserved words in DynamoDB". What the guide leaves open (words of
 * errors, their precedence) follows what public conformance suites recorded of the service.
 */
@NullMarked
package io.murmuration.protocol.table.expression;

import org.jspecify.annotations.NullMarked;
