package io.deformux.network;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of an archive of TorchScript, looked at for functions that reach files. It is looked at as text and not as the
 * language that it is, so what is named in a way in which PyTorch never writes it is refused as well.
 */
final class ArchiveText {
    /** What may stand between the parts of a name: lines go on behind a backslash. */
    private static final String GAP = "[\\s\\\\]*+";

    /** Each as an attribute of anything: of {@code torch}, of {@code ops.aten}, of {@code torch.autograd}, of a tensor. */
    private static final Pattern FILE_FUNCTION = Pattern.compile("\\." + GAP + "(save|load|from_file)\\b");

    /** Where the functions of PyTorch are looked up, without the name of one: given another name, or to {@code getattr}. */
    private static final Pattern NAMELESS = Pattern.compile("(?<![\\w.])(torch" + GAP + "\\." + GAP + "autograd|ops"
            + GAP + "\\." + GAP + "\\w++|torch|ops)\\b(?!" + GAP + "[.:])");

    private ArchiveText() {}

    /** What is wrong with a text; empty if it names nothing that reaches files. */
    static Optional<String> reachingFiles(String text) {
        String code = withoutWords(text);
        Matcher function = FILE_FUNCTION.matcher(code);
        if (function.find()) {
            return Optional.of("its text names the function " + function.group(1) + ", which reaches files");
        }
        Matcher nameless = NAMELESS.matcher(code);
        if (nameless.find()) {
            return Optional.of("its text uses " + nameless.group().replaceAll("[\\s\\\\]", "")
                    + " without the name of a function, which hides what is called and may reach files");
        }
        return Optional.empty();
    }

    /** Without comments and with nothing in strings, as of messages. */
    private static String withoutWords(String text) {
        StringBuilder code = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (c == '"' || c == '\'') {
                code.append("\"\"");
                at = afterString(text, at);
            } else {
                code.append(c);
                at++;
            }
        }
        return code.toString();
    }

    private static int afterString(String text, int start) {
        String one = text.substring(start, start + 1);
        String mark = text.startsWith(one.repeat(3), start) ? one.repeat(3) : one;
        int end = start + mark.length();
        while (end < text.length() && !text.startsWith(mark, end)) {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        return Math.min(text.length(), end + mark.length());
    }
}
