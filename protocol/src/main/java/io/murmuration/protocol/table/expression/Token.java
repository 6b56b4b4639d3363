package io.murmuration.protocol.table.expression;

/**
 * A word or sign of an expression.
 *
 * @param text as written
 * @param start index of its first character
 */
record Token(Kind kind, String text, int start) {
    enum Kind {
        /** Starts with a letter; keywords and functions too. */
        WORD,
        /** {@code #name} */
        NAME_PLACEHOLDER,
        /** {@code :value} */
        VALUE_PLACEHOLDER,
        INTEGER,
        DOT,
        COMMA,
        OPEN,
        CLOSE,
        OPEN_BRACKET,
        CLOSE_BRACKET,
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL,
        PLUS,
        MINUS,
        /** A character that no expression contains. */
        UNKNOWN,
        END
    }

    int end() {
        return start + text.length();
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }
}
