package io.deformux.model;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From the oldest version to the newest. What stands before the first {@code -} decides: runs of digits are compared as
 * numbers ({@code 1.9 < 1.10}), anything else as text, and a longer one is newer ({@code 1.0 < 1.0.1}). Where that is
 * equal, a version with a suffix comes before the one without ({@code 1.0-rc1 < 1.0}, as in Semantic Versioning 2.0.0,
 * section 11), and suffixes are compared like the rest ({@code rc2 < rc10}).
 */
final class VersionOrder implements Comparator<String> {
    private static final Pattern RUN = Pattern.compile("[0-9]+|[^0-9]+");

    @Override
    public int compare(String a, String b) {
        String[] left = a.split("-", 2);
        String[] right = b.split("-", 2);
        int order = runs(left[0], right[0]);
        if (order == 0) {
            order = Integer.compare(right.length, left.length);
        }
        if (order == 0 && left.length == 2) {
            order = runs(left[1], right[1]);
        }
        // 1.0 and 1.00 are equal up to here, but not the same version.
        return order != 0 ? order : a.compareTo(b);
    }

    private static int runs(String a, String b) {
        Matcher left = RUN.matcher(a);
        Matcher right = RUN.matcher(b);
        while (true) {
            boolean leftHas = left.find();
            boolean rightHas = right.find();
            if (!leftHas || !rightHas) {
                return Boolean.compare(leftHas, rightHas);
            }
            int order = run(left.group(), right.group());
            if (order != 0) {
                return order;
            }
        }
    }

    private static int run(String a, String b) {
        if (isNumber(a) && isNumber(b)) {
            return new BigInteger(a).compareTo(new BigInteger(b));
        }
        return a.compareTo(b);
    }

    private static boolean isNumber(String run) {
        return run.charAt(0) >= '0' && run.charAt(0) <= '9';
    }
}
