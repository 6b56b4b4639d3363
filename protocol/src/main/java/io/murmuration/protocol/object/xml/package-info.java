/** S3's XML, by the JDK's own StAX: documents of requests to values, replies and errors to bytes. No DTD, no entity from elsewhere is ever read. */
@NullMarked
package io.murmuration.protocol.object.xml;

import org.jspecify.annotations.NullMarked;
