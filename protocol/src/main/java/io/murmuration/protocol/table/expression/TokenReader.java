package io.murmuration.protocol.table.expression;

import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.table.Utf8;
import io.murmuration.protocol.table.expression.Token.Kind;
import java.util.List;

/**
 * Walks through the tokens of one expression for a parser, and keeps the limits that bound its work: the size of the text, the number of
 * operators and the depth of parentheses.
 */
final class TokenReader {
    private static final int BYTES_MAX = 4096;
    private static final int OPERATORS_MAX = 300;
    /** No valid expression comes near: each pair of parentheses that is not redundant needs an operator. It bounds the stack. */
    private static final int PARENTHESES_MAX = 2 * OPERATORS_MAX;

    private final String kind;
    private final String text;
    private final List<Token> tokens;
    private int position;
    private int operators;
    private int depth;
    private int lastOpen = -1;
    private int lastClose = -1;

    TokenReader(String kind, String text) {
        this.kind = kind;
        this.text = text;
        requireSize();
        tokens = Lexer.tokens(text);
        if (peek().kind() == Kind.END) {
            throw Refusals.invalid(kind, "The expression can not be empty;");
        }
    }

    private void requireSize() {
        if (text.length() * 3 > BYTES_MAX) {
            int bytes = Utf8.length(text);
            if (bytes > BYTES_MAX) {
                throw Refusals.invalid(
                        kind, "Expression size has exceeded the maximum allowed size; expression size: " + bytes);
            }
        }
    }

    String kind() {
        return kind;
    }

    Token peek() {
        return tokens.get(position);
    }

    boolean nextIs(Kind expected) {
        return peek().kind() == expected;
    }

    boolean nextIsWord(String word) {
        return peek().isWord(word);
    }

    /** Whether the token after the next one is of this kind. */
    boolean followedBy(Kind expected) {
        return position + 1 < tokens.size() && tokens.get(position + 1).kind() == expected;
    }

    Token take() {
        var token = peek();
        if (token.kind() != Kind.END) {
            position++;
        }
        return token;
    }

    boolean takeIf(Kind expected) {
        boolean found = nextIs(expected);
        if (found) {
            position++;
        }
        return found;
    }

    Token expect(Kind expected) {
        if (!nextIs(expected)) {
            throw syntaxError();
        }
        return take();
    }

    /** The next token does not fit. The message shows it with the token before and the one after, as they stand in the text. */
    ServiceException syntaxError() {
        var token = peek();
        int from = position == 0 ? token.start() : tokens.get(position - 1).start();
        int to = position + 1 < tokens.size() ? tokens.get(position + 1).end() : token.end();
        boolean atEnd = token.kind() == Kind.END;
        if (atEnd || tokens.get(position + 1).kind() == Kind.END) {
            to = atEnd ? tokens.get(position - 1).end() : token.end();
        }
        return Refusals.invalid(
                kind,
                "Syntax error; token: \"" + (atEnd ? "<EOF>" : token.text()) + "\", near: \"" + text.substring(from, to)
                        + "\"");
    }

    /** Counts an operator or a function. The count in the message never exceeds the limit by more than one, as in the original. */
    void countOperator() {
        operators++;
        if (operators > OPERATORS_MAX) {
            throw Refusals.invalid(kind, "The expression contains too many operators; operator count: " + operators);
        }
    }

    /** Takes an opening parenthesis that groups; the result is handed to {@link #closeGroup}. */
    int openGroup() {
        depth++;
        if (depth > PARENTHESES_MAX) {
            throw Refusals.redundantParentheses(kind);
        }
        expect(Kind.OPEN);
        return position - 1;
    }

    /** Takes the closing one. Parentheses that hold nothing but parentheses are refused here, before what follows is read. */
    void closeGroup(int open) {
        expect(Kind.CLOSE);
        int close = position - 1;
        if (lastOpen == open + 1 && lastClose == close - 1) {
            throw Refusals.redundantParentheses(kind);
        }
        lastOpen = open;
        lastClose = close;
        depth--;
    }
}
