package io.murmuration.protocol.table.expression;

import io.murmuration.protocol.ServiceException;
import java.util.Collection;
import java.util.List;

/** DynamoDB's words for what it refuses in expressions. Clients compare them: they are not to be improved. */
final class Refusals {
    private Refusals() {}

    /** @param kind the request's parameter, such as {@code UpdateExpression} */
    static ServiceException invalid(String kind, String reason) {
        return ServiceException.validation("Invalid " + kind + ": " + reason);
    }

    static ServiceException redundantParentheses(String kind) {
        return invalid(kind, "The expression has redundant parentheses;");
    }

    static ServiceException functionNotAllowed(String kind, String function) {
        return invalid(kind, "The function is not allowed to be used this way in an expression; function: " + function);
    }

    static ServiceException operandCount(String kind, String function, int operands) {
        return invalid(
                kind,
                "Incorrect number of operands for operator or function; operator or function: " + function
                        + ", number of operands: " + operands);
    }

    static ServiceException operandType(String kind, String operator, String type) {
        return invalid(
                kind,
                "Incorrect operand type for operator or function; operator or function: " + operator
                        + ", operand type: " + type);
    }

    static ServiceException pathRequired(String kind, String function) {
        return invalid(kind, "Operator or function requires a document path; operator or function: " + function);
    }

    static ServiceException notDistinct(String kind, String operator, DocumentPath first) {
        return invalid(
                kind,
                "The first operand must be distinct from the remaining operands for this operator or function; operator: "
                        + operator + ", first operand: " + first);
    }

    /** @param how {@code overlap} or {@code conflict} */
    static ServiceException paths(String kind, String how, DocumentPath one, DocumentPath two) {
        return invalid(
                kind,
                "Two document paths " + how + " with each other; must remove or rewrite one of these paths; path one: "
                        + one + ", path two: " + two);
    }

    static ServiceException missingAttribute() {
        return ServiceException.validation(
                "The provided expression refers to an attribute that does not exist in the item");
    }

    static ServiceException operandDataType() {
        return ServiceException.validation("An operand in the update expression has an incorrect data type");
    }

    static ServiceException pathNotUpdatable() {
        return ServiceException.validation("The document path provided in the update expression is invalid for update");
    }

    /** Refuses the first path that leads into one of these attributes. */
    static void requireScalars(List<DocumentPath> paths, Collection<String> keys, String what) {
        for (var path : paths) {
            if (path.isNested() && keys.contains(path.attribute())) {
                throw ServiceException.validation(
                        "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: "
                                + what + ": " + path.attribute());
            }
        }
    }
}
