/** XML by the JDK's own StAX, for the services that speak it: small documents to trees, values to bytes. No DTD, no entity from elsewhere is ever read. */
@NullMarked
package io.murmuration.protocol.xml;

import org.jspecify.annotations.NullMarked;
