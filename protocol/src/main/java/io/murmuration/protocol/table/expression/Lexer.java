package io.murmuration.protocol.table.expression;

import io.murmuration.protocol.table.expression.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Splits an expression into tokens in one pass. It refuses nothing: a strange character becomes a token that no rule expects. */
final class Lexer {
    private final String text;
    private int position;

    private Lexer(String text) {
        this.text = text;
    }

    /** Ends with one token of kind {@link Kind#END}. */
    static List<Token> tokens(String text) {
        var lexer = new Lexer(text);
        var tokens = new ArrayList<Token>();
        Token token;
        do {
            token = lexer.next();
            tokens.add(token);
        } while (token.kind() != Kind.END);
        return tokens;
    }

    private Token next() {
        while (position < text.length() && isSpace(text.charAt(position))) {
            position++;
        }
        if (position == text.length()) {
            return new Token(Kind.END, "", position);
        }
        char first = text.charAt(position);
        return switch (first) {
            case '#' -> placeholder(Kind.NAME_PLACEHOLDER);
            case ':' -> placeholder(Kind.VALUE_PLACEHOLDER);
            case '.' -> sign(Kind.DOT, 1);
            case ',' -> sign(Kind.COMMA, 1);
            case '(' -> sign(Kind.OPEN, 1);
            case ')' -> sign(Kind.CLOSE, 1);
            case '[' -> sign(Kind.OPEN_BRACKET, 1);
            case ']' -> sign(Kind.CLOSE_BRACKET, 1);
            case '+' -> sign(Kind.PLUS, 1);
            case '-' -> sign(Kind.MINUS, 1);
            case '=' -> sign(Kind.EQUAL, 1);
            case '<' -> followedBy('>') ? sign(Kind.NOT_EQUAL, 2) : orEqual(Kind.LESS, Kind.LESS_OR_EQUAL);
            case '>' -> orEqual(Kind.GREATER, Kind.GREATER_OR_EQUAL);
            default -> word(first);
        };
    }

    private Token word(char first) {
        if (isLetter(first)) {
            return sign(Kind.WORD, lengthOfName(position));
        }
        if (isDigit(first)) {
            int end = position;
            while (end < text.length() && isDigit(text.charAt(end))) {
                end++;
            }
            return sign(Kind.INTEGER, end - position);
        }
        return sign(Kind.UNKNOWN, Character.charCount(text.codePointAt(position)));
    }

    private Token placeholder(Kind kind) {
        int name = lengthOfName(position + 1);
        return name == 0 ? sign(Kind.UNKNOWN, 1) : sign(kind, 1 + name);
    }

    private Token orEqual(Kind alone, Kind withEqual) {
        return followedBy('=') ? sign(withEqual, 2) : sign(alone, 1);
    }

    private Token sign(Kind kind, int length) {
        var token = new Token(kind, text.substring(position, position + length), position);
        position += length;
        return token;
    }

    private boolean followedBy(char next) {
        return position + 1 < text.length() && text.charAt(position + 1) == next;
    }

    private int lengthOfName(int start) {
        int end = start;
        while (end < text.length() && isNamePart(text.charAt(end))) {
            end++;
        }
        return end - start;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Letters, digits and underscores. */
    static boolean isNamePart(char c) {
        return isLetter(c) || isDigit(c) || c == '_';
    }
}
