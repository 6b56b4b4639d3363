/**
 * The site over the reports of bird strikes, deployed by the unmodified AWS SDK: {@link io.murmuration.cli.demo.site.SiteDeployment} makes its parts and
 * {@link io.murmuration.cli.demo.site.Viewers} look at it from several cities. Beside these classes lie the page's files and the functions' scripts.
 */
@NullMarked
package io.murmuration.cli.demo.site;

import org.jspecify.annotations.NullMarked;
