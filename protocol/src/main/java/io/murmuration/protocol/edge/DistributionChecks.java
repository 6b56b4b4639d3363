package io.murmuration.protocol.edge;

import static io.murmuration.protocol.edge.EdgeErrors.absent;
import static io.murmuration.protocol.edge.EdgeErrors.invalid;
import static io.murmuration.protocol.edge.EdgeErrors.refuse;

import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.xml.XmlElement;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Refuses configurations that CloudFront refuses, and what is not done here: nothing that would count is accepted and ignored. */
final class DistributionChecks {
    private static final int TEXT_MAX = 128;
    private static final int ALIASES_MAX = 100;
    private static final int ORIGINS_MAX = 100;
    private static final int BEHAVIOURS_MAX = 75;
    private static final int ROOT_OBJECT_MAX = 255;
    private static final String ALIAS = "(\\*\\.)?([a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\\.)*+[a-zA-Z0-9-]{1,63}";
    private static final int ALIAS_MAX = 253;

    private static final Set<String> MEMBERS = Set.of(
            "CallerReference",
            "Aliases",
            "DefaultRootObject",
            "Origins",
            "OriginGroups",
            "DefaultCacheBehavior",
            "CacheBehaviors",
            "CustomErrorResponses",
            "Comment",
            "Logging",
            "PriceClass",
            "Enabled",
            "ViewerCertificate",
            "Restrictions",
            "WebACLId",
            "HttpVersion",
            "IsIPV6Enabled",
            "ContinuousDeploymentPolicyId",
            "Staging",
            "AnycastIpListId",
            "TenantConfig",
            "ConnectionMode",
            "ViewerMtlsConfig",
            "ConnectionFunctionAssociation",
            "CacheTagConfig");

    private DistributionChecks() {}

    /** @param document completed */
    static void check(XmlElement document) {
        quantities(document);
        known(document, MEMBERS);
        if (Xml.requiredText(document, "CallerReference").length() > TEXT_MAX) {
            throw invalid("The parameter CallerReference is too big.");
        }
        Xml.required(document, "Enabled");
        if (Xml.required(document, "Comment").text().length() > TEXT_MAX) {
            throw invalid("The parameter Comment is too big.");
        }
        aliases(Xml.texts(document, "Aliases", "CNAME"));
        rootObject(Xml.text(document, "DefaultRootObject"));
        absences(document);
        var origins = origins(document);
        BehaviourChecks.check(Xml.required(document, "DefaultCacheBehavior"), origins);
        var behaviours = Xml.items(document, "CacheBehaviors", "CacheBehavior");
        if (behaviours.size() > BEHAVIOURS_MAX) {
            throw refuse(EdgeError.TOO_MANY_BEHAVIOURS, "You cannot create more cache behaviors for the distribution.");
        }
        var patterns = new HashSet<String>();
        for (var behaviour : behaviours) {
            if (!patterns.add(Xml.requiredText(behaviour, "PathPattern"))) {
                throw invalid("The parameter PathPattern is duplicated.");
            }
            BehaviourChecks.check(behaviour, origins);
        }
    }

    static void known(XmlElement element, Set<String> members) {
        for (var child : element.children()) {
            if (!members.contains(child.name())) {
                throw new ServiceException(EdgeErrors.malformed());
            }
        }
    }

    /** At whatever depth: a quantity is that of the items beside it. */
    private static void quantities(XmlElement element) {
        if (element.child("Quantity") != null) {
            var items = element.child("Items");
            var count = items == null ? 0 : items.children().size();
            if (Xml.number(element, "Quantity", 0) != count) {
                throw refuse(
                        EdgeError.INCONSISTENT_QUANTITIES, "The value of Quantity and the size of Items don't match.");
            }
        }
        element.children().forEach(DistributionChecks::quantities);
    }

    private static void aliases(List<String> aliases) {
        if (aliases.size() > ALIASES_MAX) {
            throw refuse(
                    EdgeError.TOO_MANY_CNAMES, "Your request contains more CNAMEs than are allowed per distribution.");
        }
        for (var alias : aliases) {
            if (alias.length() > ALIAS_MAX || !alias.matches(ALIAS) || isOurs(alias.toLowerCase(Locale.ROOT))) {
                throw invalid("The parameter CNAME contains one or more parameters that are not valid.");
            }
        }
    }

    /** By which this cloud, or AWS, is called: a distribution of that name would keep others from being heard. */
    private static boolean isOurs(String alias) {
        return !alias.contains(".")
                || alias.matches("[0-9.]+")
                || alias.equals("*.localhost")
                || alias.equals("s3.localhost")
                || alias.matches("(.*\\.)?(s3|execute-api|lambda-url|cloudfront)\\.localhost")
                || alias.matches("(.*\\.)?(amazonaws\\.com(\\.cn)?|on\\.aws|cloudfront\\.net|localstack\\.cloud)");
    }

    private static void rootObject(String name) {
        if (name.startsWith("/") || name.length() > ROOT_OBJECT_MAX || !name.matches("[!-~]*")) {
            throw refuse(
                    EdgeError.INVALID_DEFAULT_ROOT_OBJECT,
                    "The parameter DefaultRootObject is invalid: it must not begin with a slash.");
        }
    }

    private static void absences(XmlElement document) {
        if (!Xml.items(document, "OriginGroups", "OriginGroup").isEmpty()) {
            throw absent("OriginGroups");
        }
        if (!Xml.items(document, "CustomErrorResponses", "CustomErrorResponse").isEmpty()) {
            throw absent("CustomErrorResponses");
        }
        if (Xml.flag(Xml.required(document, "Logging"), "Enabled")) {
            throw absent("Logging");
        }
        if (!Xml.text(document, "WebACLId").isEmpty()) {
            throw refuse(EdgeError.INVALID_WEB_ACL_ID, "The web ACL ID specified is not valid: there are none here.");
        }
        var geo = Xml.required(Xml.required(document, "Restrictions"), "GeoRestriction");
        if (!Xml.text(geo, "RestrictionType").equals("none")) {
            throw refuse(EdgeError.INVALID_GEO_RESTRICTION, "Geo restrictions are not supported here.");
        }
        if (Xml.flag(document, "Staging")
                || !Xml.text(document, "ContinuousDeploymentPolicyId").isEmpty()) {
            throw absent("ContinuousDeploymentPolicyId");
        }
        for (var name : List.of(
                "AnycastIpListId",
                "TenantConfig",
                "ViewerMtlsConfig",
                "ConnectionFunctionAssociation",
                "CacheTagConfig")) {
            var child = document.child(name);
            if (child != null && (!child.text().isEmpty() || !child.children().isEmpty())) {
                throw absent(name);
            }
        }
        if (Xml.text(document, "ConnectionMode").equals("tenant-only")) {
            throw absent("ConnectionMode");
        }
    }

    private static Set<String> origins(XmlElement document) {
        var origins = Xml.items(document, "Origins", "Origin");
        if (origins.isEmpty()) {
            throw invalid("The parameter Origins is required.");
        }
        if (origins.size() > ORIGINS_MAX) {
            throw refuse(EdgeError.TOO_MANY_ORIGINS, "You cannot create more origins for the distribution.");
        }
        var ids = new HashSet<String>();
        for (var origin : origins) {
            OriginChecks.check(origin);
            if (!ids.add(Xml.requiredText(origin, "Id"))) {
                throw invalid("The parameter Origin Id is duplicated.");
            }
        }
        return ids;
    }
}
